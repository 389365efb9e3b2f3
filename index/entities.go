package index

import (
	"slices"

	"handout/knowledge"
)

// entities are the things that a text names.
type entities struct {
	byKind map[knowledge.Kind][]*knowledge.Entity
	// treatments are the medicines and classes together: a question about a
	// class may be answered by one of its medicines.
	treatments []*knowledge.Entity
	forms      []*knowledge.Entity // of the medicines, if each has one only
}

func entitiesOf(ids []string, v *knowledge.Vocabulary) entities {
	var found entities
	for _, id := range ids {
		if e := v.Entity(id); e != nil {
			found.add(e)
		}
	}
	found.addForms(v)
	return found
}

func (es *entities) add(e *knowledge.Entity) {
	if slices.Contains(es.byKind[e.Kind], e) {
		return
	}
	if es.byKind == nil {
		es.byKind = map[knowledge.Kind][]*knowledge.Entity{}
	}
	es.byKind[e.Kind] = append(es.byKind[e.Kind], e)
	if isMedicine(e) {
		es.treatments = append(es.treatments, e)
	}
}

// addForms notes the forms that the medicines have.
func (es *entities) addForms(v *knowledge.Vocabulary) {
	for _, m := range es.byKind[knowledge.Medicine] {
		if m.Form == "" {
			es.forms = nil
			return
		}
		es.forms = append(es.forms, v.Entity(m.Form))
	}
}

// name sorts the things that a question names from those that it says are not
// meant: "not the cream, the tablets".
func (q *question) name(tokens []token, v *knowledge.Vocabulary) {
	for i, t := range tokens {
		if t.entity != nil && !negated(tokens[:i]) {
			q.named.add(t.entity)
		}
	}
	for _, t := range tokens {
		if t.entity != nil && !slices.Contains(q.named.byKind[t.entity.Kind], t.entity) {
			q.denied.add(t.entity)
		}
	}
	q.named.addForms(v)
}

// negations are words by which the next thing is said not to be meant, with
// the words that may stand between. "A day without my tablet" is about it.
var negations = map[string][]string{
	"not":     {"a", "an", "any", "my", "the", "using", "taking"},
	"without": {"a", "an", "any"},
}

// negated reports whether what follows the tokens is said not to be meant.
// "Why not the cream?" asks for the cream.
func negated(before []token) bool {
	for i, t := range slices.Backward(before) {
		between, ok := negations[t.words[0]]
		if ok {
			return (i == 0 || before[i-1].words[0] != "why") && !slices.ContainsFunc(before[i+1:], func(b token) bool { return !slices.Contains(between, b.words[0]) })
		}
		if !slices.Contains(negations["not"], t.words[0]) {
			return false
		}
	}
	return false
}
