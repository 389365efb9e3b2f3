package index

import (
	"math"
	"slices"
)

// feature numbers what a candidate is judged by. Each is between 0 and 1. What
// a word counts for is its surprise or its weight, see [lexicon].
type feature int

const (
	always   feature = iota
	text             // Bleve's score, as a share of the best candidate's
	likeness         // with the nearest wordings, their mean
	verbatim         // the clause is one of the wordings
	anywhere         // share of the clause's weight that the labels or the body hold
	pairs            // share of the clause's pairs of terms that the nearest wording holds
	evidence         // surprise that the labels hold, however much is asked
	strange          // share of the surprise that no snippet's labels hold
	clinical         // share of the surprise of words for conditions that these labels lack
	narrower         // the snippet is about one medicine, and the question names none
	unnamed          // share of the surprise that the labels lack, if the snippet is about a treatment and the question not at home: see question.atHome
	part             // share of the message that the clause leaves out
	named            // share of the nearest of the snippet's names that the question holds
	numFeatures
)

// featureNames are what a [Why] calls them.
var featureNames = [numFeatures]string{"always", "text", "likeness", "verbatim", "anywhere", "pairs", "evidence", "strange", "clinical", "narrower", "unnamed", "part", "named"}

type features [numFeatures]float64

// weights is a logistic model: the logarithm of the odds that a candidate
// answers is the sum of the weighted features. It was fitted on one half of
// several sets at once, by a softmax over a question's candidates and "none of
// them": the starter corpus's wordings, each left out of the index in turn;
// questions written for it; wordings of other diseases and of no disease
// (shared/eval: skin-dev, off-topic-dev); and MedQuAD with dev-clean, -typo,
// -para and -paratypo. The command in fit does that; the package comment tells
// what the other half gave. The constant is then lowered by 0.4, so that few
// questions on other things reach a confidence of 0.5. Two weights are set by
// hand: that of verbatim, so that a wording that an editor has written always
// leads to its snippet, and that of strange, so that unknown words always count
// against.
var weights = features{
	always: -12, text: 3.55, likeness: 5.33, verbatim: 8, anywhere: 4.53, pairs: 3.7, evidence: 7.23,
	strange: -.5, clinical: -4.55, narrower: -3.13, unnamed: -8.32, part: -5.11, named: 2.62,
}

func (f *features) logit() float64 {
	z := 0.0
	for i, w := range weights {
		z += w * f[i]
	}
	return z
}

// judged is a candidate with what the model gives it.
type judged struct {
	entry    *entry
	features features
	clause   int
	score    float64 // the logit, or far below it for a snippet on another medicine
	beside   bool
	unlike   bool
	conflict bool
}

// judge ranks one candidate, unless it cannot score more than the floor.
func (x *Index) judge(q *question, e *entry, s *shared, score, floor float64) (judged, bool) {
	f, clause, z := q.best(e, s, score, floor-x.leeway)
	if z += x.leeway; z <= floor {
		return judged{}, false
	}
	j := judged{entry: e, features: f, clause: clause, score: z}
	if z > doubt && f[verbatim] == 0 {
		j.beside, j.unlike = q.beside(e), x.unlike(q, e)
	}
	switch {
	case z > doubt && f[verbatim] == 0 && q.everyday(e, &f, s):
		j.beside, j.score = true, aside+(z-doubt)/100
	case j.beside || j.unlike:
		j.score = doubt + (z-doubt)/100 // in their order, behind all that are not
	}
	if f[verbatim] == 0 && x.conflicts(q, e) {
		j.score, j.conflict = z-conflictPenalty, true
	}
	return j, true
}

// match says how likely a candidate answers, and by which words.
func (j judged) match(q *question) Match {
	m := Match{Snippet: j.entry.snippet, Score: j.score, Words: j.entry.words(q)}
	if !j.conflict {
		m.Confidence = sigmoid(j.score)
	}
	return m
}

const (
	// doubt is the score of a snippet beside the point, a confidence of about
	// 0.45: titles are offered, nothing is answered.
	doubt = -0.2
	// telling is the surprise from which a word says what is asked.
	telling = 2.0
	// pointHeld is the least share of what is asked that an answer must hold. At
	// 0.25 more right answers than wrong ones were lost.
	pointHeld = 0.1
)

// beside reports whether a short question asks about something else than the
// snippet: apart from the names of treatments and of what the whole corpus is
// about, the snippet lacks what it says. "Does rinvoq cause nausea" is
// not answered by what says whether it causes cancer.
func (q *question) beside(e *entry) bool {
	if len(q.clauses) > 1 {
		return false // a story holds much that no answer does
	}
	var have, all float64
	for i := range q.tokens {
		t := &q.tokens[i]
		if t.surprise < telling || t.named {
			continue
		}
		all += t.surprise
		switch {
		case has(e.labels, t.id):
			have += t.surprise
		case has(e.body, t.id):
			have += t.surprise / 2
		default:
			have += t.surprise * e.partly(t)
		}
	}
	return have < pointHeld*all
}

// conflictPenalty puts a snippet on another medicine behind all others.
const conflictPenalty = 100

// best returns the features of the clause that the candidate answers best, and
// their logit. It passes over clauses that cannot reach the floor: most, so that
// most candidates need no look at their wordings.
func (q *question) best(e *entry, s *shared, score, floor float64) (best features, clause int, most float64) {
	base := features{always: 1, text: score}
	base.agreement(q, e)
	s.compare(q, e)
	base[named] = s.named(q, e)
	most = math.Inf(-1)
	for i := range q.clauses {
		c := &q.clauses[i]
		f := base
		like := f.compare(q, c, e, s)
		z := f.logit()
		reach := max(most, floor) - weights[pairs]*c.pairShare(len(c.pairs))
		if z+weights[likeness]*like <= reach {
			continue
		}
		w := q.likeness(&f, c, e, s)
		if z = f.logit(); z <= reach {
			continue
		}
		f[pairs] = c.follows(w)
		if z = f.logit(); z > most {
			best, clause, most = f, i, z
		}
	}
	return best, clause, most
}

// words are those of the question that the labels hold.
func (e *entry) words(q *question) []string {
	var words []string
	for i := range q.tokens {
		if t := &q.tokens[i]; has(e.labels, t.id) || e.partly(t) > 0 {
			words = append(words, t.words...)
		}
	}
	return words
}

// partHeld is what a name counts for if the labels hold single words of it.
const partHeld = 0.7

// partly is how much the snippet's labels hold of a token that they do not
// hold itself: all, if it is one of the things that the snippet is about, or a
// part of a name of several words.
func (e *entry) partly(t *asked) float64 {
	if e.covers(t) {
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

// compare compares one clause with the snippet, but for what takes a look at
// each wording. Of these it returns the highest likeness that is possible: with
// a wording that holds whatever the labels hold of the clause, and nothing else.
func (f *features) compare(q *question, c *clause, e *entry, s *shared) float64 {
	f[part] = 1 - c.share
	var surprise, evident, both float64
	for _, i := range c.tokens {
		t := &q.tokens[i]
		surprise += t.surprise
		evident += t.surprise * s.held[i]
		if s.held[i] > 0 {
			both += t.weight
		}
		if s.held[i] < 1 && s.inBody[i] {
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
	f[anywhere] = ratio(f[anywhere], c.weight)
	f[unnamed] *= 1 - ratio(evident, surprise)
	f[strange], f[clinical] = ratio(f[strange], surprise), ratio(f[clinical], surprise)
	f[evidence] = 1 - math.Exp(-evident/rarest)
	if c.text != noText && slices.ContainsFunc(e.wordings, func(w wording) bool { return w.text == c.text }) {
		f[verbatim] = 1
	}
	return ratio(2*both, c.weight+both)
}

// has reports whether a sorted list holds the term.
func has(sorted []termID, id termID) bool {
	if id == unknown {
		return false
	}
	_, ok := slices.BinarySearch(sorted, id)
	return ok
}

func ratio(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}
