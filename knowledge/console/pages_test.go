package console_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"handout/knowledge/store"
)

// everyPage visits each page, with something on it.
func everyPage(t *testing.T) map[string]page {
	s := newStage(t)
	s.must(s.store.AddGaps(t.Context(), []store.Gap{{ID: "g", Text: "do owls swim", Why: store.Unanswered, State: store.Open, Count: 3, First: s.now, Last: s.now}}))
	s.must(s.store.AddCounts(t.Context(), s.now, map[string]int{"outcome:answered": 3, "outcome:no_match": 1, "shown:owls-hearing": 3, "disliked:owls-hearing": 3}))
	b := s.kestrelDraft(ada)
	b.follow("flag", "id", "owls-hearing", "doc", "snippets/owls-hearing.md", "note", "why?")
	b.follow("withdraw", "scope", "topic:rivers", "note", "wet")
	pages := map[string]page{}
	for _, path := range []string{
		"", "corpus", "corpus?q=owl&state=published", "rules", "drafts", "gaps", "gap/g", "new", "new?as=file", "new?gap=g", "figures", "audit", "files", "settings",
		"document/snippets/owls-hearing.md", "document/" + kestrel, "document/triage/emergencies.yaml", "edit/snippets/owls-hearing.md", "edit/triage/emergencies.yaml",
		"edit/" + kestrel, "draft/" + kestrel, "publish?ref=1:" + kestrel, "version/snippets/owls-hearing.md?num=1", "withdraw?scope=topic:rivers", "withdraw?scope=everything",
		"nothing", "in/never",
	} {
		pages[path] = b.get(path)
	}
	pages["refused"] = b.post("draft", "do", "object", "doc", kestrel, "num", "1")
	pages["other site"] = b.do("POST", "settings", nil, "Sec-Fetch-Site", "cross-site")
	pages["signed out"] = s.browser().get("")
	pages["used link"] = s.browser().post("sign-in", "secret", "x")
	for path, p := range pages {
		if p.StatusCode >= http.StatusInternalServerError {
			t.Errorf("%s: %s\n%s", path, p.Status, s.log)
		}
	}
	return pages
}

func TestEveryPage(t *testing.T) {
	inline := regexp.MustCompile(`(?i)<script>|<script [^>]*>[^<]|<style|\son[a-z]+=|\sstyle=|javascript:|<iframe|<object|(?:src|href)="(?:https?:)?//[^"]*\.(?:js|css)"`)
	for path, p := range everyPage(t) {
		for header, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
			"Cache-Control":           "no-store", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Content-Type": "text/html; charset=utf-8",
		} {
			if got := p.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q", path, header, got)
			}
		}
		if found := inline.FindString(strings.Join(tagRE.FindAllString(p.body, -1), "")); found != "" {
			t.Errorf("%s runs %q", path, found)
		}
		if strings.Contains(p.body, "ZgotmplZ") {
			t.Errorf("%s: the template refuses a value", path)
		}
		wantAccessible(t, path, p.body)
	}
}

var (
	idRE    = regexp.MustCompile(`\sid="([^"]*)"`)
	inputRE = regexp.MustCompile(`<(?:input|select|textarea) [^>]*>`)
)

func wantAccessible(t *testing.T, path, body string) {
	t.Helper()
	for _, want := range []string{`<html lang="en">`, `<meta name="viewport" content="width=device-width, initial-scale=1">`, `<a class="skip" href="#main">`, `<main id="main" tabindex="-1">`} {
		if !strings.Contains(body, want) {
			t.Errorf("%s has no %s", path, want)
		}
	}
	if n := strings.Count(body, "<h1"); n != 1 {
		t.Errorf("%s has %d main headings", path, n)
	}
	ids := map[string]bool{}
	for _, id := range idRE.FindAllStringSubmatch(body, -1) {
		if ids[id[1]] && !strings.HasPrefix(id[1], "snippet-") {
			t.Errorf("%s: id %s stands twice", path, id[1])
		}
		ids[id[1]] = true
	}
	for _, input := range inputRE.FindAllString(body, -1) {
		id := idRE.FindStringSubmatch(input)
		switch {
		case strings.Contains(input, `type="hidden"`) || strings.Contains(input, `type="checkbox"`): // that stands in its label
		case id == nil || !strings.Contains(body, `<label for="`+id[1]+`"`):
			t.Errorf("%s: no label for %s", path, input)
		}
	}
}

func TestList(t *testing.T) {
	s := newStage(t)
	s.must(s.store.AddCounts(t.Context(), s.now, map[string]int{"shown:owls-hearing": 9, "liked:owls-hearing": 2, "disliked:owls-hearing": 4}))
	s.must(s.store.AddCounts(t.Context(), s.now.AddDate(0, 0, -200), map[string]int{"shown:waders-17": 9}))
	b := s.kestrelDraft(ada)
	for query, want := range map[string]string{
		"":                     "6 of 6 snippets",
		"q=two+EARS":           "1 of 6 snippets",
		"q=nonsense":           "0 of 6 snippets",
		"topic=rivers":         "1 of 6 snippets",
		"state=draft":          "1 of 6 snippets",
		"state=published":      "5 of 6 snippets",
		"votes=never":          "5 of 6 snippets",
		"votes=disliked":       "1 of 6 snippets",
		"due=30":               "0 of 6 snippets",
		"state=draft&q=hover":  "1 of 6 snippets",
		"state=expired&q=":     "0 of 6 snippets",
		"state=no+such+thing":  "0 of 6 snippets",
		"due=abc&topic=&votes": "6 of 6 snippets",
	} {
		b.see("corpus?"+query, want)
	}
	s.now = time.Date(2027, 12, 1, 0, 0, 0, 0, time.UTC)
	b = s.enter(ada)
	b.see("corpus?state=expired&q=owl", "How do owls hear?")
	b.see("document/snippets/owls-hearing.md", "not sent any more")
	b.see("rules", "triage/emergencies.yaml", "corpus.yaml")
}

func TestFigures(t *testing.T) {
	s := newStage(t)
	for i, counts := range []map[string]int{{"outcome:answered": 6, "outcome:choose": 1, "outcome:no_match": 3, "outcome:urgent": 2, "shown:owls-hearing": 5}, {"outcome:answered": 1}} {
		s.must(s.store.AddCounts(t.Context(), s.now.AddDate(0, 0, -i), counts))
	}
	s.must(s.store.AddCounts(t.Context(), s.now.AddDate(0, 0, -31), map[string]int{"outcome:answered": 100}))
	page := s.enter(eve).see("figures", "13 messages", "73 % of the questions answered", "22 Nov 2026 6 1 3 0 2 70 %", "21 Nov 2026 1 0 0 0 0 100 %", "emergencies: 2")
	// 70 % of a height of 160.
	if !strings.Contains(page.body, `<rect class="answered" x="581.0" y="48.0" width="18.0" height="112.0">`) {
		t.Errorf("the day's bar is not drawn:\n%s", page.body)
	}
	newStage(t).enter(eve).see("figures", "0 messages")
}

func TestAuditIsPaged(t *testing.T) {
	s := newStage(t)
	b := s.enter(ada)
	for i := range 60 {
		b.post("settings", "alone", map[bool]string{true: "on", false: "off"}[i%2 == 0])
	}
	first := b.see("audit?who=ada", "Page 1 of 2")
	if n := strings.Count(first.body, "<time>"); n != 50 {
		t.Errorf("%d events on a page", n)
	}
	second := b.see("audit?who=ada&page=1", "Page 2 of 2", "signed in")
	if n := strings.Count(second.body, "<time>"); n != 11 {
		t.Errorf("%d events on the last page", n)
	}
	b.see("audit?page=99999", "of")
	b.see("audit?about=owls", "published How do owls hear?")
}
