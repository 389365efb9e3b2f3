package index

import (
	"cmp"
	"slices"

	"handout/knowledge"
)

// context returns what a question leaves out because something before it says
// it: names or, if it is nothing but a name, all else of the question before.
func (x *Index) context(a *analyzer, q *question, asked Query) []token {
	switch {
	case len(q.tokens) == 0:
		return nil
	case asked.After != "" && q.bare():
		return x.goneOnFrom(a, q, asked.After)
	}
	var list []token
	for _, e := range q.leftOut(x.standIns(a, asked)) {
		list = append(list, token{term: entityTerm(e.ID), words: a.lower(e.Name), entity: e})
	}
	return list
}

// bare reports whether a question says no more than names: "and with JAKs?"
func (q *question) bare() bool {
	return len(q.named.byKind) > 0 && !slices.ContainsFunc(q.tokens, func(t asked) bool {
		return t.entity == nil && t.surprise >= telling || t.entity != nil && (t.entity.Kind == knowledge.Term || t.entity.Kind == knowledge.Other)
	})
}

// goneOnFrom returns the tokens of the question before, but for names of what
// the bare one names too.
func (x *Index) goneOnFrom(a *analyzer, q *question, before string) []token {
	treatments := len(q.named.treatments) > 0
	var list []token
	for _, t := range x.understand(a, before, nil, nil).tokens {
		if e := t.entity; e != nil && (len(q.named.byKind[e.Kind]) > 0 || treatments && isMedicine(e)) {
			continue
		}
		list = append(list, t.token)
	}
	return list
}

// standIns are the entities of the message that a question is a part of or of
// the answer that it follows up.
func (x *Index) standIns(a *analyzer, q Query) entities {
	if q.Around != "" {
		return x.understand(a, q.Around, nil, nil).named
	}
	return entitiesOf(q.About, x.corpus.Vocabulary)
}

// leftOut returns the entities that a question may leave out, if it names no
// treatment and no condition itself: the treatments, which say most, or else
// everything that the question leaves open. Beside a condition, "it" stands for a
// treatment.
func (q *question) leftOut(named entities) []*knowledge.Entity {
	condition := len(q.named.byKind[knowledge.Condition]) > 0
	if len(q.named.treatments) > 0 || condition && !q.pointsBack() {
		return nil
	}
	if list := named.treatments; condition || len(list) > 0 {
		return list
	}
	var list []*knowledge.Entity
	for _, kind := range []knowledge.Kind{knowledge.Condition, knowledge.Group, knowledge.Form} {
		if len(q.named.byKind[kind]) == 0 {
			list = append(list, named.byKind[kind]...)
		}
	}
	return list
}

var pronouns = []string{"it", "they", "them", "these", "those", "this", "that"}

// pointsBack reports whether a question holds a word for something named before.
func (q *question) pointsBack() bool {
	return slices.ContainsFunc(q.tokens, func(t asked) bool { return slices.Contains(pronouns, t.words[0]) })
}

// needs reports whether a question is nothing without its context: it is bare,
// or it points back at what the corpus says nothing about.
func (q *question) needs(inContext *question) bool {
	return q.bare() || len(q.foreign) == 0 && len(inContext.foreign) > 0 && q.pointsBack()
}

// order puts matches of a reading with borrowed names in the order of their
// scores with and without these: the names say what an answer is about, and the
// question's own words which answer it is.
func (r Result) order(own []Match) {
	scores := map[*knowledge.Snippet]float64{}
	least := 0.0
	for _, m := range own {
		scores[m.Snippet] = m.Score
		least = min(least, m.Score)
	}
	both := func(m Match) float64 {
		score, ok := scores[m.Snippet]
		if !ok {
			score = least
		}
		return m.Score + score
	}
	slices.SortStableFunc(r.Matches, func(a, b Match) int { return cmp.Compare(both(b), both(a)) })
}
