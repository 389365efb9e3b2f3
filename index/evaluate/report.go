package evaluate

import (
	"cmp"
	"slices"
	"time"
)

// Report is what the results of many questions come to.
type Report struct {
	Snippets    int            `json:"snippets"`
	Questions   int            `json:"questions"`
	Outcomes    map[string]int `json:"outcomes"`
	Ranking     ranking        `json:"ranking"`
	Answerable  answers        `json:"answerable"`
	Unsuited    rate           `json:"none_relevant_answered"` // of the questions without a relevant snippet, those answered
	Kinds       []kindCounts   `json:"kinds"`                  // most false answers first
	Emergencies emergencies    `json:"emergencies"`
	Pairs       *pairCounts    `json:"pairs,omitempty"`
	Calibration calibration    `json:"calibration"`
	Latency     latency        `json:"latency"`
	Worst       worstCases     `json:"worst"`
	Changes     *changes       `json:"changes,omitempty"`
	Results     []line         `json:"results"`

	results []Result
}

// answers is what became of the answerable questions.
type answers struct {
	Answered rate `json:"answered"`
	Right    rate `json:"answered_rightly"`
	Wrong    rate `json:"answered_wrongly"`
}

// kindCounts is what became of the questions of one kind.
type kindCounts struct {
	Kind        string         `json:"kind"`
	Right       rate           `json:"right"`
	Outcomes    map[string]int `json:"outcomes"`
	False       rate           `json:"false_answers"`
	FalseAlarms *rate          `json:"false_alarms,omitempty"` // of kinds that are no emergency
}

// emergencies is how well they are told from everything else.
type emergencies struct {
	Recall      rate   `json:"recall"`
	Tiers       []tier `json:"tiers"`        // the recall of each kind of emergency, most urgent first
	FalseAlarms rate   `json:"false_alarms"` // among all others; by kind in the kinds
}

type tier struct {
	Kind   string `json:"kind"`
	Recall rate   `json:"recall"`
}

// pairCounts is how often both forms of a question find the same.
type pairCounts struct {
	SameFirst    rate `json:"same_first"`    // the best match
	SameAnswered rate `json:"same_answered"` // what is sent, of the pairs whose short form is answered
}

// Run says how the results came about.
type Run struct {
	Snippets int           // in the corpus
	Cores    int           // used
	Took     time.Duration // in all
	Worst    int           // how many of the worst cases of each sort to show
	Expired  []string      // ids of snippets that are no longer served
	// Reason says in a sentence what decided on a question. It is asked for the
	// worst cases only, so that times are those of answering.
	Reason func(question string) string
}

// Summarize makes the report of results, which are in the order of [Read].
func Summarize(results []Result, run Run) *Report {
	p := &Report{
		Snippets: run.Snippets, Questions: len(results), Outcomes: map[string]int{}, results: results,
		Pairs: newPairs(results), Latency: newLatency(results, run.Took, run.Cores),
	}
	var labelled, answerable, others []*Result
	for i := range results {
		r := &results[i]
		p.Results = append(p.Results, newLine(r))
		p.Outcomes[r.Outcome]++
		if !r.labelled() {
			continue
		}
		labelled = append(labelled, r)
		if r.answerable() {
			answerable = append(answerable, r)
		} else {
			others = append(others, r)
		}
	}
	p.Ranking, p.Calibration = newRanking(answerable), newCalibration(labelled)
	p.Answerable = newAnswers(answerable)
	p.Unsuited = count(others, (*Result).falselyAnswered)
	p.Kinds, p.Emergencies = newKinds(labelled), newEmergencies(labelled)
	p.Worst = newWorst(labelled, run)
	return p
}

// count is the share of results for which something holds.
func count(results []*Result, holds func(*Result) bool) rate {
	n := 0
	for _, r := range results {
		if holds(r) {
			n++
		}
	}
	return newRate(n, len(results))
}

func newAnswers(results []*Result) answers {
	return answers{
		Answered: count(results, func(r *Result) bool { return r.Outcome == answered }),
		Right:    count(results, func(r *Result) bool { return r.Outcome == answered && !r.falselyAnswered() }),
		Wrong:    count(results, (*Result).falselyAnswered),
	}
}

func isUrgent(r *Result) bool { return r.Outcome == urgent }

func newEmergencies(results []*Result) emergencies {
	var real, others []*Result
	byKind := map[string][]*Result{}
	for _, r := range results {
		if r.Emergency() {
			real = append(real, r)
			byKind[r.Kind] = append(byKind[r.Kind], r)
		} else {
			others = append(others, r)
		}
	}
	e := emergencies{Recall: count(real, isUrgent), Tiers: []tier{}, FalseAlarms: count(others, isUrgent)}
	for _, kind := range alarms {
		if of := byKind[kind]; len(of) > 0 {
			e.Tiers = append(e.Tiers, tier{kind, count(of, isUrgent)})
		}
	}
	return e
}

// kindOf names questions without a kind by whether there is an answer.
func kindOf(r *Result) string {
	switch {
	case r.Kind != "":
		return r.Kind
	case r.answerable():
		return "(answerable)"
	}
	return "(none relevant)"
}

func newKinds(results []*Result) []kindCounts {
	byKind := map[string][]*Result{}
	for _, r := range results {
		byKind[kindOf(r)] = append(byKind[kindOf(r)], r)
	}
	kinds := []kindCounts{}
	for name, of := range byKind {
		k := kindCounts{Kind: name, Outcomes: map[string]int{}, Right: count(of, (*Result).right), False: count(of, (*Result).falselyAnswered)}
		for _, r := range of {
			k.Outcomes[r.Outcome]++
		}
		if !of[0].Emergency() {
			alarms := count(of, isUrgent)
			k.FalseAlarms = &alarms
		}
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(a, b kindCounts) int {
		return cmp.Or(cmp.Compare(b.False.Count, a.False.Count), cmp.Compare(a.Kind, b.Kind))
	})
	return kinds
}

// newPairs is nil if there are none.
func newPairs(results []Result) *pairCounts {
	pairs, same, sent, sameSent := 0, 0, 0, 0
	for i := 1; i < len(results); i++ {
		long, short := &results[i-1], &results[i]
		if short.Form != shortForm {
			continue
		}
		pairs++
		if short.first() != "" && long.first() == short.first() {
			same++
		}
		if short.Outcome == answered {
			sent++
			if long.Outcome == answered && long.Snippet == short.Snippet {
				sameSent++
			}
		}
	}
	if pairs == 0 {
		return nil
	}
	return &pairCounts{SameFirst: newRate(same, pairs), SameAnswered: newRate(sameSent, sent)}
}
