package index

import "slices"

// wordingsCompared is of how many wordings the likeness counts: a snippet that
// is asked for in several like ways is a surer answer than one that shares a
// few words with a single wording.
const wordingsCompared = 6

// likeness compares a clause with the snippet's wordings, and returns the
// nearest. A likeness is Dice's coefficient: twice the weight of the shared
// terms over the weight of both texts (Dice, 1945, "Measures of the amount of
// ecologic association between species").
func (q *question) likeness(f *features, c *clause, e *entry, s *shared) *wording {
	var top [wordingsCompared]float64
	near := &e.wordings[0]
	for n, both := range s.weigh(q, c, e)[:len(e.wordings)] {
		if both == 0 {
			continue
		}
		like := ratio(2*both, c.weight+e.weights[n])
		if like > top[0] {
			near = &e.wordings[n]
		}
		for i := range top {
			if like > top[i] {
				copy(top[i+1:], top[i:])
				top[i] = like
				break
			}
		}
	}
	for _, like := range top {
		f[likeness] += like
	}
	f[likeness] /= float64(min(len(top), len(e.wordings)))
	return near
}

// follows returns the share of the clause's pairs of terms that a wording holds.
func (c *clause) follows(w *wording) float64 {
	n := 0
	for _, p := range c.pairs {
		if _, ok := slices.BinarySearchFunc(w.pairs, p, comparePairs); ok {
			n++
		}
	}
	return c.pairShare(n)
}

// pairShare is the share that a number of pairs is of those that as many
// different terms make. A clause that repeats terms may have more.
func (c *clause) pairShare(n int) float64 { return ratio(float64(n), float64(len(c.tokens)-1)) }
