// Package evaluate measures how well a corpus answers questions whose answers
// are known.
//
// [Read] takes the questions from files. Whoever has asked them all gives a
// [Result] for each to [Summarize], which makes the [Report]: ranking, false
// answers with their bounds, calibration, speed, and the worst cases. A report
// is written as text, as JSON, or as a picture, and compared with a former one.
//
// # What is right
//
// A question with relevant snippets is met rightly when one of them is sent. A
// question with none is met rightly when nothing is sent: by no match, a decline
// or titles to choose from. Two kinds of question differ: an emergency (kind
// emergency or urgent, or by tier now, crisis or today) is met rightly when the
// outcome is urgent, and a question for a person (kind personal or declined) when
// it is declined or urgent.
//
// A false answer is a snippet that is sent and not relevant, whatever the kind.
//
// # Bounds
//
// Bounds are one-sided at 95%: in 95 of 100 samples like this one the bound lies
// beyond the true rate. They are exact (Clopper & Pearson, 1934, "The use of
// confidence or fiducial limits illustrated in the case of the binomial",
// Biometrika 26), so they err on the safe side, also for no event in a few.
package evaluate

import (
	"slices"
	"time"

	"handout/index"
)

// Question is one whose answer is known.
type Question struct {
	File     string
	Line     int
	Text     string
	Kind     string   // lower case; "" if it has none
	Relevant []string // ids of the snippets that answer it; none if nothing should
	Form     form     // "" of a question whose answer is known
}

// form says how a question without known answers was written: both forms of one
// question follow each other and should find the same snippet.
type form string

// The forms.
const (
	longForm  form = "long"  // as a person told it
	shortForm form = "short" // the question in it
)

// Outcomes are those of the package bot, which this one may not import.
const (
	answered = "answered"
	choose   = "choose"
	noMatch  = "no_match"
	declined = "declined"
	urgent   = "urgent"
)

var outcomes = []string{answered, choose, noMatch, declined, urgent}

// Result is what became of a question.
type Result struct {
	Question
	Outcome   string
	Snippet   string        // id of the snippet that was sent
	Matches   []index.Match // best first, [Depth] of them at most
	Corrected []string      // words of the question that were taken for others, as "typed→meant"
	Latency   time.Duration
}

// Depth is how many matches a [Result] should list.
const Depth = 10

func (q *Question) labelled() bool   { return q.Form == "" }
func (q *Question) answerable() bool { return len(q.Relevant) > 0 }
func (q *Question) personal() bool   { return q.Kind == "personal" || q.Kind == "declined" }

// Emergency reports whether the question's kind says that it is one.
func (q *Question) Emergency() bool { return slices.Contains(alarms, q.Kind) }

// alarms are the kinds of an emergency, most urgent first.
var alarms = []string{"emergency", "urgent", "now", "crisis", "today"}

// Right reports whether an outcome is what the question should have met.
func (q *Question) Right(outcome, snippet string) bool {
	switch {
	case q.Emergency():
		return outcome == urgent
	case q.personal():
		return outcome == declined || outcome == urgent
	case q.answerable():
		return outcome == answered && slices.Contains(q.Relevant, snippet)
	}
	return outcome != urgent && (outcome != answered || snippet == "") // a command's reply, or a greeting's
}

func (r *Result) right() bool { return r.Question.Right(r.Outcome, r.Snippet) }

func (r *Result) falselyAnswered() bool {
	return r.Outcome == answered && r.Snippet != "" && !slices.Contains(r.Relevant, r.Snippet)
}

// first is the id of the best match, whatever the outcome.
func (r *Result) first() string {
	if len(r.Matches) == 0 {
		return ""
	}
	return r.Matches[0].Snippet.ID
}

// confidence is that of the best match.
func (r *Result) confidence() float64 {
	if len(r.Matches) == 0 {
		return 0
	}
	return r.Matches[0].Confidence
}

// rank is the place of the best relevant match, from 1; 0 if there is none.
func (r *Result) rank() int {
	return 1 + slices.IndexFunc(r.Matches, func(m index.Match) bool { return slices.Contains(r.Relevant, m.Snippet.ID) })
}
