package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"handout/knowledge"
)

// Guess is a medicine that a word of the question may be meant for.
type Guess struct {
	Typed   string  // the word, in lower case
	Name    string  // of the medicine
	Matches []Match // for the question with this name in the word's place, best first
}

// hunch is a word that nobody knows, with the medicines that it looks like.
type hunch struct {
	typed   string
	guesses []guess
}

type guess struct {
	entity *knowledge.Entity
	name   string
	errors int
}

const (
	mostGuesses   = 3 // medicines for one word
	shortestGuess = 5 // letters of a word worth guessing at
)

// wonder notes the first word of the question that may be meant for a medicine.
func (q *question) wonder(s *speller, lower string) {
	if len(q.hunches) > 0 || utf8.RuneCountInString(lower) < shortestGuess || s.knows(lower) {
		return
	}
	if list := s.guessed.Get(lower, s.guesses); len(list) > 0 {
		q.hunches = append(q.hunches, hunch{lower, list})
	}
}

// guesses lists the medicines that the word looks like, the most like first,
// unless a medicine that the vocabulary lacks is as like.
func (s *speller) guesses(lower string) []guess {
	limit := 2
	if utf8.RuneCountInString(lower) >= 9 && !namedLikeMedicine(lower) { // its ending says nothing
		limit = 3
	}
	var list []guess
	stranger := limit + 1
	for name, errors := range s.names.Near(lower, limit) {
		e := s.medicines[name]
		if e == nil || e.Kind == knowledge.Class { // whose names are ordinary words
			stranger = min(stranger, errors)
			continue
		}
		if i := slices.IndexFunc(list, func(g guess) bool { return g.entity == e }); i < 0 {
			list = append(list, guess{e, s.nearest(append([]string{e.Name}, e.Brands...), lower), errors})
		} else {
			list[i].errors = min(list[i].errors, errors)
		}
	}
	slices.SortStableFunc(list, func(a, b guess) int { return cmp.Compare(a.errors, b.errors) })
	list = slices.DeleteFunc(list, func(g guess) bool { return g.errors >= stranger || g.errors > list[0].errors+1 })
	return list[:min(len(list), mostGuesses)]
}

// guess searches with each medicine that a doubtful word may stand for, and
// keeps those that the question finds something about.
func (x *Index) guess(ctx context.Context, a *analyzer, q Query, hunches []hunch, found *Result) error {
	for _, d := range hunches {
		for _, g := range d.guesses {
			reading := x.understand(a, q.Text, nil, map[string]string{d.typed: strings.Join(a.lower(g.name), " ")})
			r, err := x.find(ctx, reading, q)
			if err != nil {
				return err
			}
			if r.confidence() > 0 && r.confidence() >= found.confidence() {
				found.Guesses = append(found.Guesses, Guess{d.typed, g.name, r.Matches})
			}
		}
	}
	return nil
}
