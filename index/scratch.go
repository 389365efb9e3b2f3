package index

import (
	"cmp"
	"math"
	"slices"
)

// scratch is the memory that a search works in. It is used again by the next:
// a fresh one of this size would cost more than the search.
type scratch struct {
	order   []int
	tallies []tally // by entry, zero between searches
	met     []int32 // the entries that have one
	top     []candidate
	shared  shared
	judged  []judged // best first
}

func (x *Index) newScratch() *scratch {
	return &scratch{tallies: make([]tally, len(x.entries)), shared: shared{seats: make([]int16, len(x.entries))}}
}

// telling lists the tokens that say most.
func (s *scratch) telling(q *question) []int {
	s.order = s.order[:0]
	for i := range q.tokens {
		s.order = append(s.order, i)
	}
	slices.SortStableFunc(s.order, func(i, j int) int { return cmp.Compare(q.tokens[j].weight, q.tokens[i].weight) })
	return s.order[:min(len(s.order), maxTerms)]
}

// best returns the candidates of the highest scores in order, and clears the
// tallies.
func (s *scratch) best() []candidate {
	s.top = s.top[:0]
	for _, entry := range s.met {
		t := &s.tallies[entry]
		s.offer(candidate{entry, t.score * float64(t.fields)})
		*t = tally{}
	}
	s.met = s.met[:0]
	slices.SortFunc(s.top, func(c, d candidate) int {
		if c.before(d) {
			return -1
		}
		return 1
	})
	return s.top
}

// offer keeps a candidate if it is among the best so far: top is a heap with
// the worst of them at its root once it is full.
func (s *scratch) offer(c candidate) {
	if len(s.top) < maxCandidates {
		s.top = append(s.top, c)
		if len(s.top) == maxCandidates {
			for i := len(s.top)/2 - 1; i >= 0; i-- {
				s.sink(i)
			}
		}
		return
	}
	if c.before(s.top[0]) {
		s.top[0] = c
		s.sink(0)
	}
}

// sink moves a candidate down the heap to its place.
func (s *scratch) sink(i int) {
	for {
		worst := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(s.top); child++ {
			if s.top[worst].before(s.top[child]) {
				worst = child
			}
		}
		if worst == i {
			return
		}
		s.top[i], s.top[worst] = s.top[worst], s.top[i]
		i = worst
	}
}

// floor is the score that a candidate must exceed to be among the best.
func (s *scratch) floor(limit int) float64 {
	if len(s.judged) < limit {
		return math.Inf(-1)
	}
	return s.judged[limit-1].score
}

// rank puts a judged candidate in its place, behind those of the same score,
// and keeps the best of them up to the limit.
func (s *scratch) rank(j judged, limit int) {
	i := len(s.judged)
	for i > 0 && s.judged[i-1].score < j.score {
		i--
	}
	if i >= limit {
		return
	}
	if len(s.judged) == limit {
		s.judged = s.judged[:limit-1]
	}
	s.judged = slices.Insert(s.judged, i, j)
}
