package index

import "slices"

// mention says where a snippet's labels hold a term: in which of its wordings
// or, numbered after these, of its names.
type mention struct {
	entry int32
	place int16
}

// nowhere is the place of a label that is neither a wording nor a name.
const nowhere = -1

// mention notes that the labels of an entry hold terms: at a place, or nowhere
// unless it is known where.
func (l *lexicon) mention(e *entry, place int, ids []termID) {
	m := mention{e.number, int16(place)}
	for _, id := range ids {
		list := l.mentions[id]
		if n := len(list); n > 0 && list[n-1].entry == m.entry && (place == nowhere || list[n-1].place == m.place) {
			continue
		}
		l.mentions[id] = append(list, m)
	}
}

// shared is what a question and the candidates have in common.
type shared struct {
	seats  []int16   // by entry: its number among the candidates plus 1
	hits   [][]hit   // by candidate
	seated []int32   // entries of the candidates
	held   []float64 // of each token of the question, how much the labels of the snippet compared hold
	inBody []bool    // of each that they do not hold
	sums   []float64 // by place: weight of the tokens that are there
}

// hit is a token of the question in a place of a candidate.
type hit struct{ place, token int16 }

// longList is how many mentions by candidate make it cheaper to look each
// candidate up than to read all.
const longList = 16

// meet finds where the candidates hold the tokens. Leave must follow.
func (s *shared) meet(l *lexicon, q *question, found []candidate) {
	s.held = slices.Grow(s.held[:0], len(q.tokens))[:len(q.tokens)]
	s.inBody = slices.Grow(s.inBody[:0], len(q.tokens))[:len(q.tokens)]
	for i, c := range found {
		s.seats[c.entry] = int16(i + 1)
		s.seated = append(s.seated, c.entry)
		if i == len(s.hits) {
			s.hits = append(s.hits, nil)
		}
		s.hits[i] = s.hits[i][:0]
	}
	for i := range q.tokens {
		id := q.tokens[i].id
		if id == unknown {
			continue
		}
		list := l.mentions[id]
		if len(list) < longList*len(found) {
			for _, m := range list {
				if seat := s.seats[m.entry]; seat > 0 {
					s.hits[seat-1] = append(s.hits[seat-1], hit{m.place, int16(i)})
				}
			}
			continue
		}
		for n, c := range found {
			at, _ := slices.BinarySearchFunc(list, c.entry, func(m mention, e int32) int { return int(m.entry - e) })
			for ; at < len(list) && list[at].entry == c.entry; at++ {
				s.hits[n] = append(s.hits[n], hit{list[at].place, int16(i)})
			}
		}
	}
}

func (s *shared) leave() {
	for _, entry := range s.seated {
		s.seats[entry] = 0
	}
	s.seated = s.seated[:0]
}

// of returns the hits of a candidate.
func (s *shared) of(number int32) []hit { return s.hits[s.seats[number]-1] }

// compare finds how much of each token the snippet's labels hold, and which of
// those not held its body does.
func (s *shared) compare(q *question, e *entry) {
	clear(s.held)
	for _, h := range s.of(e.number) {
		s.held[h.token] = 1
	}
	for i := range q.tokens {
		s.inBody[i] = false
		if s.held[i] == 0 {
			t := &q.tokens[i]
			s.held[i] = e.partly(t)
			s.inBody[i] = s.held[i] < 1 && has(e.body, t.id)
		}
	}
}

// weigh sums the weight of the tokens in each place, of all or, with a clause,
// of its own.
func (s *shared) weigh(q *question, c *clause, e *entry) []float64 {
	s.sums = slices.Grow(s.sums[:0], len(e.weights))[:len(e.weights)]
	clear(s.sums)
	for _, h := range s.of(e.number) {
		if h.place != nowhere && (c == nil || int(h.token) < len(c.holds) && c.holds[h.token]) {
			s.sums[h.place] += q.tokens[h.token].weight
		}
	}
	return s.sums
}

// named is the share of the nearest of the snippet's names that the question
// holds.
func (s *shared) named(q *question, e *entry) float64 {
	most := 0.0
	names := len(e.wordings)
	for i, both := range s.weigh(q, nil, e)[names:] {
		most = max(most, ratio(both, e.weights[names+i]))
	}
	return most
}
