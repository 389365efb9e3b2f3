package evaluate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// worstCases is the cases to look at first.
type worstCases struct {
	False      []worstCase `json:"false_answers"`      // surest first
	Unanswered []worstCase `json:"unanswered"`         // answerable, least sure first
	Missed     []worstCase `json:"missed_emergencies"` // in their order, as the last
	Alarms     []worstCase `json:"false_alarms"`
}

// worstCase is one question and why it went as it did.
type worstCase struct {
	line
	Title     string    `json:"title"`               // of the best match
	Rank      int       `json:"rank"`                // of the best relevant match, 0 if it is not among ten
	Words     []string  `json:"words"`               // of the question that the best match's labels hold
	Corrected []string  `json:"corrected"`           // words that were taken for others, as "typed→meant"
	Expired   []string  `json:"expired,omitempty"`   // relevant ones that are no longer served
	RunnerUp  *runnerUp `json:"runner_up,omitempty"` // the second match
	Reason    string    `json:"reason,omitempty"`    // what decided, in a sentence
}

// runnerUp is the match that came second.
type runnerUp struct {
	Snippet    string  `json:"snippet"`
	Title      string  `json:"title"`
	Confidence float64 `json:"confidence"`
}

func newWorst(results []*Result, run Run) worstCases {
	surest := func(a, b *Result) int { return cmp.Compare(b.confidence(), a.confidence()) }
	inOrder := func(a, b *Result) int { return 0 }
	return worstCases{
		False: cases(results, run, surest, (*Result).falselyAnswered),
		Unanswered: cases(results, run, func(a, b *Result) int { return surest(b, a) }, func(r *Result) bool {
			return r.answerable() && r.Outcome != answered && !r.right()
		}),
		Missed: cases(results, run, inOrder, func(r *Result) bool { return r.Emergency() && r.Outcome != urgent }),
		Alarms: cases(results, run, inOrder, func(r *Result) bool { return r.Outcome == urgent && !r.right() }),
	}
}

// cases are the first results, in an order, for which something holds.
func cases(results []*Result, run Run, order func(a, b *Result) int, holds func(*Result) bool) []worstCase {
	var of []*Result
	for _, r := range results {
		if holds(r) {
			of = append(of, r)
		}
	}
	slices.SortStableFunc(of, order)
	list := []worstCase{}
	for _, r := range of[:min(run.Worst, len(of))] {
		list = append(list, newCase(r, run))
	}
	return list
}

func newCase(r *Result, run Run) worstCase {
	c := worstCase{line: newLine(r), Rank: r.rank(), Words: []string{}, Corrected: append([]string{}, r.Corrected...)}
	for _, id := range r.Relevant {
		if slices.Contains(run.Expired, id) {
			c.Expired = append(c.Expired, id)
		}
	}
	if len(r.Matches) > 0 {
		c.Title, c.Words = r.Matches[0].Snippet.Title, append(c.Words, r.Matches[0].Words...)
	}
	if len(r.Matches) > 1 {
		m := r.Matches[1]
		c.RunnerUp = &runnerUp{m.Snippet.ID, m.Snippet.Title, m.Confidence}
	}
	if run.Reason != nil {
		c.Reason = run.Reason(r.Text)
	}
	return c
}

// why says in a line or two what was found and on what grounds.
func (c *worstCase) why() []string {
	best := "found nothing"
	if c.First != "" {
		best = fmt.Sprintf("best match %s %q, confidence %.2f", c.First, c.Title, c.Confidence)
	}
	if c.Outcome == answered && c.Snippet == "" {
		best = "a reply to a command, or to a greeting"
	}
	lines := []string{c.Outcome + ": " + best}
	if c.Outcome == urgent {
		lines[0] = fmt.Sprintf("%s by rule %s: %s", c.Outcome, c.Snippet, best)
	}
	if len(c.Relevant) > 0 {
		lines = append(lines, "relevant: "+c.relevance())
	}
	var grounds []string
	if len(c.Words) > 0 {
		grounds = append(grounds, "matched "+strings.Join(c.Words, ", "))
	}
	if len(c.Corrected) > 0 {
		grounds = append(grounds, "read "+strings.Join(c.Corrected, ", "))
	}
	if c.RunnerUp != nil {
		grounds = append(grounds, fmt.Sprintf("runner-up %s, confidence %.2f", c.RunnerUp.Snippet, c.RunnerUp.Confidence))
	}
	if len(grounds) > 0 {
		lines = append(lines, strings.Join(grounds, "; "))
	}
	if c.Reason != "" {
		lines = append(lines, c.Reason)
	}
	return lines
}

func (c *worstCase) relevance() string {
	ids := c.Relevant
	more := ""
	if len(ids) > 3 {
		ids, more = ids[:3], fmt.Sprintf(" and %d more", len(ids)-3)
	}
	where := fmt.Sprintf("the best of them is match %d", c.Rank)
	if c.Rank == 0 {
		where = fmt.Sprintf("not among the first %d matches", Depth)
	}
	if len(c.Expired) > 0 {
		where += "; past the review date and no longer sent: " + strings.Join(c.Expired, ", ")
	}
	return strings.Join(ids, ", ") + more + ": " + where
}
