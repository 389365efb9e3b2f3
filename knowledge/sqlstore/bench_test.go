package sqlstore

import (
	"fmt"
	"testing"

	"handout/knowledge/store"
)

func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	s := opened(b, dir)
	thousand(b, s)
	closed(b, s)
	for b.Loop() {
		closed(b, opened(b, dir))
	}
}

func BenchmarkCommit(b *testing.B) {
	s := opened(b, b.TempDir())
	defer closed(b, s)
	base := 0
	for b.Loop() {
		_, err := s.Commit(b.Context(), store.Change{
			Revisions: []store.Revision{{Doc: "snippets/owls.md", Base: base, Text: fmt.Sprintf("%02000d", base)}},
			Events:    []store.Event{{Kind: store.Proposed, Doc: "snippets/owls.md"}},
		})
		if err != nil {
			b.Fatal(err)
		}
		base++
	}
}

func BenchmarkEvents10000(b *testing.B) {
	s := opened(b, b.TempDir())
	defer closed(b, s)
	var c store.Change
	for i := range 10_000 {
		c.Events = append(c.Events, store.Event{Kind: store.Announced, Note: "a note of some words", More: fmt.Sprint(i)})
	}
	if _, err := s.Commit(b.Context(), c); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		n := 0
		for _, err := range s.Events(b.Context(), 0) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != len(c.Events) {
			b.Fatal(n)
		}
	}
}

// thousand commits 1,000 documents of 2,000 bytes at once.
func thousand(b *testing.B, s *Store) map[string]int {
	b.Helper()
	var c store.Change
	want := map[string]int{}
	for i := range 1000 {
		doc := fmt.Sprintf("snippets/%d.md", i)
		c.Revisions = append(c.Revisions, store.Revision{Doc: doc, Text: fmt.Sprintf("%02000d", i)})
		c.Events = append(c.Events, store.Event{Kind: store.Imported, Doc: doc}, store.Event{Kind: store.Published, Doc: doc})
		want[doc] = 1
	}
	if _, err := s.Commit(b.Context(), c); err != nil {
		b.Fatal(err)
	}
	return want
}

func BenchmarkImport1000(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		s := opened(b, b.TempDir())
		b.StartTimer()
		thousand(b, s)
		b.StopTimer()
		closed(b, s)
		b.StartTimer()
	}
}

func BenchmarkTexts1000(b *testing.B) {
	s := opened(b, b.TempDir())
	defer closed(b, s)
	want := thousand(b, s)
	for b.Loop() {
		if got, err := s.Texts(b.Context(), want); err != nil || len(got) != len(want) {
			b.Fatal(len(got), err)
		}
	}
}
