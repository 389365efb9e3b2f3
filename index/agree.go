package index

import (
	"slices"

	"handout/knowledge"
)

// agreement compares the things named with those that the snippet is about.
func (f *features) agreement(q *question, e *entry) {
	if len(q.named.treatments) == 0 && len(e.about.byKind[knowledge.Medicine]) > 0 {
		f[narrower] = 1
	}
	if apart(q.named.byKind[knowledge.Form], e.about.byKind[knowledge.Form]) {
		f[otherForm] = 1
	}
}

// conflicts reports whether the snippet is about another treatment or another
// condition than the question names: what is said about one does not hold for
// the other.
func (x *Index) conflicts(q *question, e *entry) bool {
	if apart(q.named.treatments, e.about.treatments) || slices.ContainsFunc(q.foreign, func(n *knowledge.Entity) bool {
		return !has(e.labels, x.words.id(entityTerm(n.ID)))
	}) {
		return true
	}
	if len(q.named.treatments) > 0 && len(e.about.treatments) > 0 {
		return false // a condition beside a treatment may be its effect
	}
	conditions := q.named.byKind[knowledge.Condition]
	return apart(conditions, e.about.byKind[knowledge.Condition]) && !slices.ContainsFunc(conditions, x.atHome)
}

// foreign lists the medicines and conditions of the question that the corpus
// says nothing about. A medicine beside one that it knows is a question about
// the two together, which the known one's snippets may answer.
func (x *Index) foreign(named entities) []*knowledge.Entity {
	var list []*knowledge.Entity
	for _, n := range named.byKind[knowledge.Condition] {
		if !x.speaksOf(n) {
			list = append(list, n)
		}
	}
	if slices.ContainsFunc(named.treatments, x.speaksOf) {
		return list
	}
	return append(list, named.byKind[knowledge.Medicine]...)
}

// speaksOf reports whether any snippet's labels hold the entity or what it is
// one of.
func (x *Index) speaksOf(e *knowledge.Entity) bool {
	id := x.words.id(entityTerm(e.ID))
	if id != unknown && x.words.labelDocs[id] > 0 {
		return true
	}
	return slices.ContainsFunc(e.Class, func(class string) bool {
		c := x.corpus.Vocabulary.Entity(class)
		return c != nil && x.speaksOf(c)
	})
}

// apart reports whether both name things and none of them is, or is one of, a
// thing of the other.
func apart(named, about []*knowledge.Entity) bool {
	if len(named) == 0 || len(about) == 0 {
		return false
	}
	for _, n := range named {
		for _, b := range about {
			if n == b || slices.Contains(n.Class, b.ID) || slices.Contains(b.Class, n.ID) {
				return false
			}
		}
	}
	return true
}

// homeShare is the share of snippets from which a condition counts as what the
// corpus is about. People name it with everything, so it excludes nothing.
const homeShare = 0.1

func (x *Index) atHome(e *knowledge.Entity) bool {
	id := x.words.id(entityTerm(e.ID))
	return id != unknown && float64(x.words.labelDocs[id]) >= homeShare*x.words.docs
}
