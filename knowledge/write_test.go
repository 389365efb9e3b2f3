package knowledge

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"handout/knowledge/corpus"
)

// TestDocument writes every snippet of the starter corpus and reads it again.
func TestDocument(t *testing.T) {
	c, err := readFS("", corpus.FS).result()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range c.Snippets {
		text, err := s.Document()
		if err != nil {
			t.Fatal(err)
		}
		back, problems := ReadDocument(s.Path(), text)
		if len(problems) > 0 {
			t.Fatalf("%v\n%s", problems, text)
		}
		if diff := cmp.Diff(s, back, cmpopts.IgnoreUnexported(Snippet{})); diff != "" {
			t.Errorf("%s changed (-written +read):\n%s", s.ID, diff)
		}
	}
}

func TestDocumentOfOddTexts(t *testing.T) {
	odd := []string{"a: b", "- x", "no", "2026-11-22", "0800", `say "hi"`, "it's # not", "100%", "@you", "’curly‘", "null", "~", "x: [", "🌡 hot"}
	s := &Snippet{ID: "odd", Title: odd[0], Questions: odd, Keywords: odd, Format: Text, Body: "---\n---\nbody: text", Sources: []Source{{Title: odd[1], URL: "https://example.org/?a=b#c"}}}
	text, err := s.Document()
	if err != nil {
		t.Fatal(err)
	}
	back, problems := ReadDocument("odd.md", text)
	if len(problems) > 0 {
		t.Fatalf("%v\n%s", problems, text)
	}
	if diff := cmp.Diff(s, back, cmpopts.IgnoreUnexported(Snippet{})); diff != "" {
		t.Errorf("changed (-written +read):\n%s\n%s", diff, text)
	}
}

func TestReviseKeepsTheLayout(t *testing.T) {
	const old = "---\nid: x # why\ntitle:   \"X?\"\n---\n\nOld.\n"
	s, _ := ReadDocument("x.md", old)
	s.Body = "New."
	for _, document := range []string{old, "\ufeff" + strings.ReplaceAll(old, "\n", "\r\n")} {
		if got, err := s.Revise(document); err != nil || got != "---\nid: x # why\ntitle:   \"X?\"\n---\nNew.\n" {
			t.Errorf("%q, %v", got, err)
		}
	}
	s.Title, s.Keywords = "Y?", []string{"why"}
	if got, err := s.Revise(old); err != nil || got != "---\nid: x # why\ntitle: Y?\nkeywords:\n  - why\n---\nNew.\n" {
		t.Errorf("%q, %v", got, err)
	}
	want, _ := s.Document()
	for _, document := range []string{"no document", "---\n{id: x, title: X?}\n---\nOld.\n"} {
		if got, err := s.Revise(document); err != nil || got != want {
			t.Errorf("%q, %v", got, err)
		}
	}
}

func TestReviseKeepsWhatIsSaidBetweenFields(t *testing.T) {
	const old = "# Ours.\nid: x\ntitle: X?\nquestions: # as people ask\n  - one\n# not yet: two\nsources:\n  # the newest\n  - {title: T}\ntopics: [a, b]\n"
	s, problems := ReadDocument("x.md", "---\n"+old+"---\nOld.\n")
	if s == nil {
		t.Fatal(problems)
	}
	s.Title, s.Topics = "Y?", nil
	want := "---\n" + strings.Replace(strings.TrimSuffix(old, "topics: [a, b]\n"), "X?", "Y?", 1) + "---\nOld.\n"
	if got, err := s.Revise("---\n" + old + "---\nOld.\n"); err != nil || got != want {
		t.Errorf("%s%v", got, err)
	}
}
