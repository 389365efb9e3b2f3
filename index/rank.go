package index

import (
	"math"
	"slices"
)

// feature numbers what a candidate is judged by. Each is between 0 and 1. What
// a word counts for is its surprise or its weight, see [lexicon].
type feature int

const (
	always    feature = iota
	text              // Bleve's score, as a share of the best candidate's
	likeness          // with the nearest wordings
	verbatim          // the clause is one of the wordings
	anywhere          // share of the clause's weight that the labels or the body hold
	pairs             // share of the clause's pairs of terms that the nearest wording holds
	evidence          // surprise that the labels hold, however much is asked
	strange           // share of the surprise that no snippet's labels hold
	clinical          // share of the surprise of words for conditions that these labels lack
	narrower          // the snippet is about one medicine, and the question names none
	otherForm         // it is about another form: a cream, not tablets
	part              // share of the message that the clause leaves out
	numFeatures
)

type features [numFeatures]float64

// weights is a logistic model: the logarithm of the odds that a candidate
// answers is the sum of the weighted features. It was fitted on one half of
// several sets at once, by a softmax over a question's candidates and "none of
// them": the starter corpus's wordings, each left out of the index in turn;
// questions written for it; wordings of other diseases and of no disease
// (shared/eval: skin-dev, off-topic-dev); and MedQuAD with dev-clean, -typo,
// -para and -paratypo. The package comment tells what the other half gave. The
// constant is then lowered by 0.6, so that few questions on other
// things reach a confidence of 0.5; the weight of verbatim is set by hand, so that
// a wording that an editor has written always leads to its snippet.
var weights = features{
	always: -7.95, text: 2.49, likeness: 4.75, verbatim: 5, anywhere: 3.75, pairs: 2.84, evidence: 6.18,
	strange: -1.8, clinical: -1.57, narrower: -.47, otherForm: -.3, part: -2.66,
}

func (f *features) logit() float64 {
	z := 0.0
	for i, w := range weights {
		z += w * f[i]
	}
	return z
}

// judge ranks one candidate and says how likely it answers.
func (x *Index) judge(q *question, e *entry, score float64) Match {
	s := q.compare(e)
	f := x.best(q, e, s, score)
	z := f.logit()
	m := Match{Snippet: e.snippet, Score: z, Confidence: 1 / (1 + math.Exp(-z)), Words: s.words(q)}
	if f[verbatim] == 0 && x.conflicts(q, e) {
		m.Score, m.Confidence = z-conflictPenalty, 0
	}
	return m
}

// conflictPenalty puts a snippet on another medicine behind all others.
const conflictPenalty = 100

// best returns the features of the clause that the candidate answers best.
func (x *Index) best(q *question, e *entry, s shared, score float64) features {
	var best features
	for i := range q.clauses {
		f := x.features(q, &q.clauses[i], e, s)
		f.agreement(q, e)
		f[text] = score
		if i == 0 || f.logit() > best.logit() {
			best = f
		}
	}
	return best
}

// shared is what a question and a snippet have in common.
type shared struct {
	held     []float64 // of each token of the question, how much the labels hold
	inBody   []bool
	wordings [][]bool // of each wording, which tokens it holds
}

func (q *question) compare(e *entry) shared {
	n := len(q.tokens)
	s := shared{held: make([]float64, n), inBody: make([]bool, n), wordings: make([][]bool, len(e.wordings))}
	flags := make([]bool, n*len(e.wordings))
	for w := range e.wordings {
		s.wordings[w] = flags[w*n : (w+1)*n]
	}
	for i := range q.tokens {
		t := &q.tokens[i]
		s.held[i] = e.held(t)
		s.inBody[i] = has(e.body, t.id)
		for w := range e.wordings {
			s.wordings[w][i] = has(e.wordings[w].terms, t.id)
		}
	}
	return s
}

// words are those of the question that the labels hold.
func (s shared) words(q *question) []string {
	var words []string
	for i, t := range q.tokens {
		if s.held[i] > 0 {
			words = append(words, t.words...)
		}
	}
	return words
}

// partHeld is what a name counts for if the labels hold single words of it.
const partHeld = 0.7

// held is how much of a token the snippet's labels hold: all of it, or a part
// of a name of several words.
func (e *entry) held(t *asked) float64 {
	if has(e.labels, t.id) || t.entity != nil && e.about.covers(t.entity) {
		return 1
	}
	n := 0
	for _, p := range t.partIDs {
		if has(e.labels, p) {
			n++
		}
	}
	return partHeld * ratio(float64(n), float64(len(t.partIDs)))
}

// features compares one clause with the snippet.
func (x *Index) features(q *question, c *clause, e *entry, s shared) features {
	f := features{always: 1, part: 1 - c.share}
	var surprise, weight, evident float64
	for _, i := range c.tokens {
		t := &q.tokens[i]
		surprise += t.surprise
		weight += t.weight
		evident += t.surprise * s.held[i]
		if s.inBody[i] {
			f[anywhere] += t.weight
		} else {
			f[anywhere] += t.weight * s.held[i]
		}
		if t.strange {
			f[strange] += t.surprise
		}
		if t.clinical {
			f[clinical] += t.surprise * (1 - s.held[i])
		}
	}
	f[anywhere] = ratio(f[anywhere], weight)
	f[strange], f[clinical] = ratio(f[strange], surprise), ratio(f[clinical], surprise)
	f[evidence] = 1 - math.Exp(-evident/rarest)
	f[likeness], f[pairs] = q.likeness(c, e, s)
	if slices.ContainsFunc(e.wordings, func(w wording) bool { return w.text == c.text }) {
		f[verbatim] = 1
	}
	return f
}

func ratio(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}
