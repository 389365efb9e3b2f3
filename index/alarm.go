package index

import "handout/knowledge"

// alarms are the ids of the snippets that teach a sign by what people tell of
// it. Their wordings are tales, which hold many words of everyday life.
func alarms(t *knowledge.Triage) map[string]bool {
	ids := map[string]bool{}
	if t == nil {
		return ids
	}
	for _, rule := range t.Rules {
		if rule.Tales {
			ids[rule.Snippet] = true
		}
	}
	return ids
}

const (
	// grave is the least of what a short question shares with such a snippet, see
	// gravity, for it to be an answer. It was chosen on 148 questions that one would
	// have answered: 13 of 20 of everyday life are below, and 7 of 128 about a sign,
	// wordings that were left out among them.
	grave = 1.23
	// aside is the score of what is below, a confidence of about 0.2: its title is
	// listed at most, and the next best may answer.
	aside = -1.2
)

// gravity is how much a clause shares with a snippet: of its own weight, with
// the wordings as wholes, and half for a name of the sign, each from 0 to 1. One
// word of a tale, or one word for a sign among others, is little of that.
func (q *question) gravity(c *clause, f *features, s *shared) float64 {
	held := 0.0
	for _, i := range c.tokens {
		held += q.tokens[i].weight * s.held[i]
	}
	return ratio(held, c.weight) + f[likeness] + f[named]/2
}

// everyday reports whether a short question shares too little with an emergency's
// text: "can my dog lick my eczema" is not about poison, though babies lick creams.
// Who tells of something, rather than ask, may tell of a sign in other words.
func (q *question) everyday(e *entry, f *features, s *shared) bool {
	return e.alarm && q.asks && len(q.clauses) == 1 && q.gravity(&q.clauses[0], f, s) < grave
}
