package index

// Why says how a match came about, for moderators and for fitting the model.
type Why struct {
	Clause   []string  // words of the part of the message that it answers
	Features []Feature // what the model saw of it
	Beside   bool      // it lacks the words that say what is asked, so it is offered only
	Unlike   bool      // it is about another form or other people, or what the question rules out, so it is offered only
	Conflict bool      // it is about another treatment or condition than the question, so it is no answer
}

// Feature is one property of a match, with what it counts for: the score is
// the sum of value times weight, before a conflict is held against it.
type Feature struct {
	Name          string
	Value, Weight float64
}

func (j *judged) why(q *question) *Why {
	w := &Why{Beside: j.beside, Unlike: j.unlike, Conflict: j.conflict}
	for _, i := range q.clauses[j.clause].tokens {
		w.Clause = append(w.Clause, q.tokens[i].words...)
	}
	for i, v := range j.features {
		w.Features = append(w.Features, Feature{featureNames[i], v, weights[i]})
	}
	return w
}
