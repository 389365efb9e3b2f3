package index

import (
	"context"
	"slices"
	"sync/atomic"

	"handout/index/memo"
)

// Stages are the parts of a search. Each is given a question and makes what is
// to be measured.
var Stages = []struct {
	Name    string
	Prepare func(x *Index, text string) func()
}{
	{"analyse", func(x *Index, text string) func() {
		a := x.analyzers[0]
		return func() { a.tokens(a.words(text[:min(len(text), maxText)])) }
	}},
	{"spell", func(x *Index, text string) func() {
		words := x.analyzers[0].words(text[:min(len(text), maxText)])
		return func() {
			new(question).mend(x.words.spelling, x.words.spelling.join(slices.Clone(words)), nil)
		}
	}},
	{"understand", func(x *Index, text string) func() { // analyse and spell, clauses, entities and weights
		return func() { x.understand(x.analyzers[0], text, nil, nil) }
	}},
	{"candidates", func(x *Index, text string) func() {
		q, s := x.understand(x.analyzers[0], text, nil, nil), x.newScratch()
		return func() { must(x.candidates(context.Background(), q, s)) }
	}},
	{"judge", func(x *Index, text string) func() {
		q, s := x.understand(x.analyzers[0], text, nil, nil), x.newScratch()
		found := must(x.candidates(context.Background(), q, s))
		return func() { x.rank(q, found, s, defaultLimit) }
	}},
}

// Work is how much a search does for one reading of a question.
type Work struct{ Tokens, Clauses, Terms, Candidates, Guesses int }

// WorkFor counts the work for a question.
func (x *Index) WorkFor(text string) Work {
	q, s := x.understand(x.analyzers[0], text, nil, nil), x.newScratch()
	w := Work{Tokens: len(q.tokens), Clauses: len(q.clauses), Terms: len(s.telling(q)), Candidates: len(must(x.candidates(context.Background(), q, s)))}
	for _, h := range q.hunches {
		w.Guesses += len(h.guesses)
	}
	return w
}

// Forget makes the index as if no question had been asked, but for the stems
// of words.
func (x *Index) Forget() {
	x.finder.terms = make([]atomic.Pointer[[]posting], len(x.words.ids))
	x.words.spelling.mended = memo.Words[string]{}
	x.words.spelling.guessed = memo.Words[[]guess]{}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
