package index

import (
	"slices"
	"strings"

	"handout/knowledge"
)

// uses are what a text says that treatments are for.
type uses struct {
	treated []*knowledge.Entity // conditions: "rinvoq for acne", "does protopic help with acne"
	told    bool                // it speaks of uses, whatever they are: "what is rinvoq used for"
}

// Words by which a treatment is said to be for what follows, what may stand
// between, and words of texts that tell what it is for.
var (
	treats   = wordSet("for treat treats cure cures help helps clear clears fix fixes heal heals")
	between  = wordSet("a an any my your his her their the with bad mild severe")
	purposes = wordSet("used uses treat treats treated approved licensed licenced prescribed")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// read adds what tokens say.
func (u *uses) read(tokens []token) {
	for i, t := range tokens {
		u.told = u.told || purposes[t.words[0]]
		if t.entity != nil && t.entity.Kind == knowledge.Condition && treatmentFor(tokens[:i]) {
			u.treated = append(u.treated, t.entity)
		}
	}
}

// treatmentFor reports whether tokens say that a treatment is for what follows
// them. Right before "for" it must be named: there is "look for" and "a jab for".
func treatmentFor(before []token) bool {
	n := len(before) - 1
	for n > 0 && between[before[n].words[0]] {
		n--
	}
	if n < 1 || !treats[before[n].words[0]] {
		return false
	}
	named := before[:n]
	if before[n].words[0] == "for" {
		named = named[n-1:]
	}
	return slices.ContainsFunc(named, func(t token) bool { return t.entity != nil && isMedicine(t.entity) })
}

// otherUse reports whether the question asks what a treatment does for a
// condition, and the snippet does not tell: it may be about that as an effect.
func (x *Index) otherUse(q *question, e *entry) bool {
	return slices.ContainsFunc(q.uses.treated, func(n *knowledge.Entity) bool {
		if x.atHome(n) || slices.ContainsFunc(n.Class, func(id string) bool { return x.atHome(x.corpus.Vocabulary.Entity(id)) }) {
			return false
		}
		effect := slices.Contains(e.about.byKind[knowledge.Condition], n)
		return !slices.Contains(e.uses.treated, n) && (!e.uses.told || effect || !has(e.labels, x.words.id(entityTerm(n.ID))))
	})
}
