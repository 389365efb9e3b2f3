package index

import (
	"slices"

	"handout/knowledge"
)

// Why says how a match came about, for moderators and for fitting the model.
type Why struct {
	Clause   []string  // words of the part of the message that it answers
	Features []Feature // what the model saw of it
	Leeway   float64   // added to the score for the share of false answers that the community accepts
	Beside   bool      // it lacks the words that say what is asked, so it is offered only
	Unlike   bool      // it is about another form or other people, or what the question rules out, so it is offered only
	Conflict bool      // it is about another treatment or condition than the question, so it is no answer
}

// Feature is one property of a match, with what it counts for: the score is
// the sum of value times weight and the leeway, before anything is held against
// the match.
type Feature struct {
	Name          string
	Value, Weight float64
}

// Fit is the confidence, from 0 to 1, with nothing held against the match.
func (w *Why) Fit() float64 {
	z := w.Leeway
	for _, f := range w.Features {
		z += f.Value * f.Weight
	}
	return sigmoid(z)
}

func (x *Index) why(j *judged, q *question) *Why {
	w := &Why{Leeway: x.leeway, Beside: j.beside, Unlike: j.unlike, Conflict: j.conflict}
	for _, i := range q.clauses[j.clause].tokens {
		w.Clause = append(w.Clause, q.tokens[i].words...)
	}
	for i, v := range j.features {
		w.Features = append(w.Features, Feature{featureNames[i], v, weights[i]})
	}
	return w
}

// Reading is what a question was understood to name.
type Reading struct {
	Entities []*knowledge.Entity // with those that it takes from its context
	Denied   []*knowledge.Entity // said not to be meant
	Foreign  []string            // medicines and conditions that no snippet is about
	Unknown  []string            // telling words that no snippet holds
}

func (x *Index) reading(q *question) *Reading {
	r := &Reading{}
	for _, t := range q.tokens {
		switch e := t.entity; {
		case e == nil && t.isStranger():
			r.Foreign = append(r.Foreign, t.words...)
		case e == nil && t.id == unknown && t.surprise > 0:
			r.Unknown = append(r.Unknown, t.words...)
		case e == nil:
		case slices.Contains(q.denied.byKind[e.Kind], e):
			r.Denied = append(r.Denied, e)
		default:
			r.Entities = append(r.Entities, e)
			if (isMedicine(e) || e.Kind == knowledge.Condition) && !x.speaksOf(e) {
				r.Foreign = append(r.Foreign, e.Name)
			}
		}
	}
	return r
}
