package editorial

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"handout/knowledge"
	"handout/knowledge/store"
)

// Passage is a text that somebody saw, compared with all that was ever served.
type Passage struct {
	Match    Match
	Revision *store.Revision // the nearest; nil if nothing is like it
	Snippet  string          // its id
	Served   bool            // it is what is served now
	Diff     []Piece         // from its passage to the text, if they differ
}

// Match says how a passage compares.
type Match string

// The matches.
const (
	Whole     Match = "whole"     // the approved passage stands in it, word for word
	Excerpt   Match = "excerpt"   // it is a part of the approved passage, word for word
	Different Match = "different" // it is like it, but not the same
	Unknown   Match = "unknown"   // nothing is like it
)

// Recognise finds the snippet and the revision that a passage is: a message
// copied from a chat, say, whatever its white space, bullets and small print.
func (e *Editor) Recognise(ctx context.Context, text string) (*Passage, error) {
	state, footer := e.State(), squash(e.Edition().Corpus.Messages.Footer)
	look := seen{text: text, squashed: strings.ReplaceAll(squash(text), footer, ""), words: wordSet(text)}
	look.best.Match = Unknown
	for _, doc := range slices.Sorted(maps.Keys(state.Docs)) {
		d := state.Docs[doc]
		if !IsSnippet(doc) || len(d.Times) == 0 {
			continue
		}
		revisions, err := e.Store.Revisions(ctx, doc)
		if err != nil {
			return nil, fmt.Errorf("recognise a passage: %w", err)
		}
		for _, r := range slices.Backward(revisions) {
			if d.WasServed(r.Num) {
				look.at(r, d.Published == r.Num)
			}
		}
	}
	return look.passage(), nil
}

// seen is a text with the best match so far.
type seen struct {
	text, squashed string
	words          map[string]bool
	best           Passage
	worth          float64
}

func (l *seen) at(r *store.Revision, served bool) {
	s, _ := knowledge.ReadDocument(r.Doc, r.Text)
	if s == nil {
		return
	}
	const shortest = 20 // letters, below which an excerpt says nothing
	match, worth := Unknown, 0.0
	switch {
	case holds(l.squashed, s): // the longest of several
		match, worth = Whole, 3+float64(len(s.Body))
	case len(l.squashed) >= shortest && strings.Contains(squash(strings.Join(items(s), "")), l.squashed):
		match, worth = Excerpt, 2
	default:
		if worth = overlap(l.words, wordSet(s.Title+" "+s.Body)); worth > 0 {
			match = Different
		}
	}
	if worth > l.worth {
		l.best, l.worth = Passage{Match: match, Revision: r, Snippet: s.ID, Served: served}, worth
	}
}

func (l *seen) passage() *Passage {
	if l.best.Match == Different {
		s, _ := knowledge.ReadDocument(l.best.Revision.Doc, l.best.Revision.Text)
		l.best.Diff = Diff(strings.Join(items(s), "\n"), strings.TrimSpace(newlines.Replace(l.text)))
	}
	return &l.best
}

// holds reports whether a text without white space has a snippet's passage in
// full, as it is written or as it is shown: with nothing between its parts then
// but what sets off the items of a list.
func holds(squashed string, s *knowledge.Snippet) bool {
	if strings.Contains(squashed, squash(s.Body)) {
		return true
	}
	list := items(s)
	for len(list) > 0 {
		at := strings.Index(squashed, squash(list[0]))
		if at < 0 {
			return false
		}
		if follow(squashed[at:], list) {
			return true
		}
		squashed = squashed[at+1:]
	}
	return false
}

var bulletRE = regexp.MustCompile(`^(?:[-•*◦▪]|[0-9]{1,3}[.)])`)

// follow reports whether a text begins with the items.
func follow(text string, list []string) bool {
	for _, item := range list {
		want := squash(item)
		rest, ok := strings.CutPrefix(text, want)
		if !ok {
			rest, ok = strings.CutPrefix(bulletRE.ReplaceAllString(text, ""), want)
		}
		if !ok {
			return false
		}
		text = rest
	}
	return true
}

// items are the paragraphs and list items of a snippet's body.
func items(s *knowledge.Snippet) []string {
	var list []string
	for _, block := range s.Blocks() {
		for _, item := range block.Items {
			list = append(list, knowledge.PlainText(item))
		}
	}
	return list
}

func squash(text string) string { return strings.Join(strings.Fields(text), "") }

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range knowledge.Words(text) {
		set[word] = true
	}
	return set
}

// overlap is the share of words that two texts have in common (Jaccard).
func overlap(a, b map[string]bool) float64 {
	common := 0
	for word := range a {
		if b[word] {
			common++
		}
	}
	if common == 0 {
		return 0
	}
	return float64(common) / float64(len(a)+len(b)-common)
}
