package index

import (
	"context"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2"

	"handout/knowledge"
)

// Query is a question as a person typed it.
type Query struct {
	Text   string
	About  []string // entities of the answer that the question follows up; they stand in for names that it leaves out
	Around string   // the message that the text is a part of; its names stand in for those that the part leaves out
	After  string   // the part before, which a bare name goes on from: "and with JAKs?"
	Asks   bool     // the text opens as a question; what tells of a sign in other words seldom does
	Limit  int      // how many matches at most; 0 means 3
	Why    bool     // whether the result says how it came about
}

// Match is a snippet that may answer the question.
type Match struct {
	Snippet    *knowledge.Snippet
	Confidence float64  // 0 to 1: about how often such a match answers
	Score      float64  // what the matches are ordered by; comparable within one result only
	Words      []string // of the question that the snippet's labels hold
	Why        *Why     // nil unless asked for
}

// Result is what a search found.
type Result struct {
	Matches   []Match  // best first
	Borrowed  bool     // the question was read with names from its context
	Corrected []string // words of the question that were taken for others, as "typed→meant"
	Guesses   []Guess  // if a word may be meant for a medicine's name, but not surely
	Reading   *Reading // nil unless asked for
}

const (
	maxCandidates = 100 // proposed by Bleve for re-ranking
	maxTerms      = 32  // of one question that Bleve looks for
	defaultLimit  = 3
	// promising is the share of the best candidate's score below which one is not
	// judged. At 0.2 right answers were lost.
	promising = 0.1
)

// Search finds the snippets that best answer a question.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) {
	x.finder.mu.RLock()
	defer x.finder.mu.RUnlock()
	if x.finder.closed {
		return Result{}, fmt.Errorf("search: %w", bleve.ErrorIndexClosed)
	}
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	r, err := x.search(ctx, q)
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	return r, nil
}

// search reads the question in each language of the corpus, with and without
// the context, and returns what answers best.
func (x *Index) search(ctx context.Context, q Query) (Result, error) {
	var best, own Result
	for _, a := range x.analyzers {
		plain := x.understand(a, q.Text, nil, nil)
		readings := []*question{plain}
		if context := x.context(a, plain, q); len(context) > 0 {
			readings = append(readings, x.understand(a, q.Text, context, nil))
		}
		for _, reading := range readings {
			r, err := x.find(ctx, reading, q)
			if err != nil {
				return Result{}, err
			}
			if !reading.context {
				own = r
			} else if !plain.bare() {
				r.order(own.Matches)
			}
			if len(best.Matches) == 0 || r.confidence() > best.confidence() || reading.context && (r.confidence() >= 0.5 || plain.needs(reading)) {
				best = r
			}
		}
		if err := x.guess(ctx, a, q, plain.hunches, &best); err != nil {
			return Result{}, err
		}
	}
	return best, nil
}

func (r Result) confidence() float64 {
	if len(r.Matches) == 0 {
		return 0
	}
	return r.Matches[0].Confidence
}

// find ranks the candidates for one reading of a question.
func (x *Index) find(ctx context.Context, q *question, asked Query) (Result, error) {
	if err := ctx.Err(); err != nil || len(q.tokens) == 0 {
		return Result{}, err
	}
	q.asks = asked.Asks
	s := x.scratch.Get().(*scratch)
	found, err := x.candidates(ctx, q, s)
	if err != nil {
		return Result{}, err // and s is lost, because it is not clean
	}
	x.rank(q, found, s, asked.Limit)
	r := Result{Borrowed: q.context, Corrected: q.corrected, Matches: make([]Match, len(s.judged))}
	for i, j := range s.judged {
		r.Matches[i] = j.match(q)
		if asked.Why {
			r.Matches[i].Why = x.why(&j, q)
		}
	}
	if asked.Why {
		r.Reading = x.reading(q)
	}
	x.scratch.Put(s)
	return r, nil
}

// rank judges the promising candidates.
func (x *Index) rank(q *question, found []candidate, s *scratch, limit int) {
	if n := slices.IndexFunc(found, func(c candidate) bool { return c.score < promising*found[0].score }); n >= 0 {
		found = found[:n]
	}
	s.shared.meet(x.words, q, found)
	defer s.shared.leave()
	s.judged = s.judged[:0]
	for _, c := range found {
		if j, ok := x.judge(q, x.entries[c.entry], &s.shared, c.score/found[0].score, s.floor(limit)); ok {
			s.rank(j, limit)
		}
	}
}
