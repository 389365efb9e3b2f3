package web

import (
	"html"
	"log/slog"
	"net/http/httptest"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
)

func TestPassagesAreNotCut(t *testing.T) {
	b := &browser{t: t, corpus: bottest.Corpus(t)}
	s := &Server{Log: slog.New(slog.DiscardHandler), Corpus: b.serves}
	bottest.Whole(t, func(r bot.Reply) []string {
		w := httptest.NewRecorder()
		s.render(w, httptest.NewRequest("GET", "/", nil), 200, page{Sections: r.Sections()})
		return []string{html.UnescapeString(tagRE.ReplaceAllString(w.Body.String(), " "))}
	})
}
