package web

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
	"handout/knowledge"
)

func TestPreviewIsTheAnswerOfThePage(t *testing.T) {
	b := open(t)
	core := bottest.Bot(t, slog.New(slog.DiscardHandler))
	for _, s := range b.corpus.Snippets {
		preview := strings.Join(Preview(core.Respond(t.Context(), bot.Message{Snippet: s.ID})), "")
		page := passages.FindStringSubmatch(b.get("/snippets/" + s.ID).body)
		found := passages.FindStringSubmatch(preview)
		if found == nil || seen(found[2]) != seen(page[2]) {
			t.Errorf("%s: the preview reads %q", s.ID, preview)
		}
		if act := regexp.MustCompile(`<form|<button|<input|\n`).FindString(preview); act != "" {
			t.Errorf("%s: the preview holds %q", s.ID, act)
		}
		if !footerRE.MatchString(preview) {
			t.Errorf("%s: no footer", s.ID)
		}
	}
}

func TestConsoleStandsBesideThePage(t *testing.T) {
	desk := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Write([]byte("desk " + r.URL.Path))
	})
	ask := func(s *Server, path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		s.handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w
	}
	corpus := func() *knowledge.Corpus { return bottest.Corpus(t) }
	with := &Server{Log: slog.New(slog.DiscardHandler), Corpus: corpus, Console: desk}
	if w := ask(with, "/console/gaps"); w.Body.String() != "desk /console/gaps" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%d %q %v", w.Code, w.Body, w.Header())
	}
	without := &Server{Log: slog.New(slog.DiscardHandler), Corpus: corpus}
	if w := ask(without, "/console/"); w.Code != http.StatusNotFound {
		t.Errorf("without a console: %d", w.Code)
	}
}
