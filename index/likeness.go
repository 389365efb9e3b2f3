package index

import "slices"

// wordingsCompared is of how many wordings the likeness counts: a snippet that
// is asked for in several like ways is a surer answer than one that shares a
// few words with a single wording.
const wordingsCompared = 6

// likeness compares a clause with the snippet's nearest wordings. It returns
// the mean of Dice's coefficient, twice the weight of the shared terms over the
// weight of both texts (Dice, 1945, "Measures of the amount of ecologic
// association between species"), and the share of the clause's pairs of terms
// that the nearest wording holds.
func (q *question) likeness(c *clause, e *entry, s shared) (mean, pairs float64) {
	all := 0.0
	for _, i := range c.tokens {
		all += q.tokens[i].weight
	}
	var top [wordingsCompared]float64
	nearest := 0
	for n := range e.wordings {
		both := 0.0
		for _, i := range c.tokens {
			if s.wordings[n][i] {
				both += q.tokens[i].weight
			}
		}
		like := ratio(2*both, all+e.wordings[n].weight)
		if like > top[0] {
			nearest = n
		}
		for i, t := range top {
			if like > t {
				copy(top[i+1:], top[i:])
				top[i] = like
				break
			}
		}
	}
	for _, like := range top {
		mean += like / float64(min(len(top), len(e.wordings)))
	}
	n := 0
	for _, p := range c.pairs {
		if _, ok := slices.BinarySearchFunc(e.wordings[nearest].pairs, p, comparePairs); ok {
			n++
		}
	}
	return mean, ratio(float64(n), float64(len(c.tokens)-1))
}
