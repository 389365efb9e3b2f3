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
	if !q.atHome && len(e.about.treatments) > 0 {
		f[unnamed] = 1
	}
}

// conflicts reports whether the snippet is about another treatment or another
// condition than the question names: what is said about one does not hold for
// the other.
func (x *Index) conflicts(q *question, e *entry) bool {
	if apart(q.named.treatments, e.about.treatments) || q.stranger || slices.ContainsFunc(q.foreign, func(n *knowledge.Entity) bool {
		return !has(e.labels, x.words.id(entityTerm(n.ID)))
	}) {
		return true
	}
	return !together(q, e) && q.otherCondition(e) && !slices.ContainsFunc(q.named.byKind[knowledge.Condition], x.atHome)
}

// together reports whether both name treatments: a condition beside one may be
// its effect.
func together(q *question, e *entry) bool {
	return len(q.named.treatments) > 0 && len(e.about.treatments) > 0
}

func (q *question) otherCondition(e *entry) bool {
	return apart(q.named.byKind[knowledge.Condition], e.about.byKind[knowledge.Condition])
}

// unlike reports whether the snippet is about another form or other people than
// the question names, or about nothing but what the question says is not meant.
// Such a snippet is offered at most, because people name these things loosely.
func (x *Index) unlike(q *question, e *entry) bool {
	if q.otherForm(e) || x.denied(q, e) || x.otherUse(q, e) {
		return true
	}
	conditions := q.named.byKind[knowledge.Condition]
	if together(q, e) && q.otherCondition(e) && !x.holds(e.labels, conditions) && !x.holds(e.body, conditions) {
		return true
	}
	return apart(q.named.byKind[knowledge.Group], e.about.byKind[knowledge.Group])
}

// holds reports whether a sorted list holds the term of one of the things.
func (x *Index) holds(sorted []termID, things []*knowledge.Entity) bool {
	return slices.ContainsFunc(things, func(n *knowledge.Entity) bool { return has(sorted, x.words.id(entityTerm(n.ID))) })
}

// otherForm compares the forms that are named or, where none is, those of the
// medicines. Of a medicine that comes in one form people ask without minding it.
func (q *question) otherForm(e *entry) bool {
	named, about := q.named.byKind[knowledge.Form], e.about.byKind[knowledge.Form]
	if slices.ContainsFunc(q.named.byKind[knowledge.Medicine], func(n *knowledge.Entity) bool {
		return slices.Contains(e.about.byKind[knowledge.Medicine], n)
	}) {
		usual := !slices.ContainsFunc(about, func(f *knowledge.Entity) bool { return !slices.Contains(e.about.forms, f) })
		return !usual && apart(named, about)
	}
	if len(named) == 0 {
		named = q.named.forms
	}
	if len(about) == 0 {
		about = e.about.forms
	}
	return apart(named, about)
}

// exclusive are the kinds whose things exclude each other.
var exclusive = []knowledge.Kind{knowledge.Medicine, knowledge.Class, knowledge.Condition, knowledge.Form, knowledge.Group}

// denied reports whether all things of a kind that the snippet is about are
// said not to be meant.
func (x *Index) denied(q *question, e *entry) bool {
	return slices.ContainsFunc(exclusive, func(k knowledge.Kind) bool {
		list := e.about.byKind[k]
		return len(list) > 0 && len(q.denied.byKind[k]) > 0 && !slices.ContainsFunc(list, func(b *knowledge.Entity) bool {
			return !slices.Contains(q.denied.byKind[k], b) || k == knowledge.Condition && x.atHome(b)
		})
	})
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

// isStranger reports whether the token is the name of a medicine that the
// vocabulary lacks and no snippet's labels hold.
func (t asked) isStranger() bool {
	return t.entity == nil && t.strange && (otherMedicine[t.words[0]] || namedLikeMedicine(t.words[0]))
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

const (
	// homeShare is the share of snippets from which a condition counts as what the
	// corpus is about. People name it with everything, so it excludes nothing.
	homeShare = 0.25
	// homeSnippets is how many snippets a corpus needs for that: among a few, every
	// condition has its share.
	homeSnippets = 20
)

func (x *Index) atHome(e *knowledge.Entity) bool {
	id := x.words.id(entityTerm(e.ID))
	return id != unknown && x.words.docs >= homeSnippets && float64(x.words.labelDocs[id]) >= homeShare*x.words.docs
}
