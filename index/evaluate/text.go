package evaluate

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// WriteText writes the report as people read it.
func (p *Report) WriteText(w io.Writer) error {
	t := &text{}
	t.table(func(row func(...any)) {
		row("questions", p.Questions)
		row("snippets", p.Snippets)
		for _, o := range outcomes {
			row("  "+o, p.Outcomes[o])
		}
	})
	t.answerable(p)
	t.kinds(p.Kinds, p.Unsuited)
	t.emergencies(p)
	t.pairs(p.Pairs)
	t.calibration(p.Calibration)
	t.latency(p.Latency)
	t.worst(p.Worst)
	t.changes(p.Changes)
	_, err := w.Write(t.Bytes())
	return err
}

// text lays out the parts of a report.
type text struct{ bytes.Buffer }

func (t *text) title(format string, args ...any) { fmt.Fprintf(t, "\n"+format+"\n", args...) }

// table aligns the first cell of each row on the left and the others on the
// right.
func (t *text) table(fill func(row func(...any))) {
	var plain bytes.Buffer
	w := tabwriter.NewWriter(&plain, 0, 0, 2, ' ', tabwriter.AlignRight)
	width := 0
	var first []string
	fill(func(cells ...any) {
		name := fmt.Sprint(cells[0])
		width = max(width, len([]rune(name)))
		first = append(first, name)
		for _, cell := range cells[1:] {
			fmt.Fprintf(w, "%v\t", cell)
		}
		fmt.Fprintln(w)
	})
	w.Flush()
	for i, rest := range strings.Split(strings.TrimSuffix(plain.String(), "\n"), "\n") {
		fmt.Fprintln(t, strings.TrimRight(fmt.Sprintf("%-*s%s", width, first[i], rest), " "))
	}
}

func percent(x float64) string { return fmt.Sprintf("%.1f%%", 100*x) }

// bound shows a bound beside its rate, but not for nothing out of nothing.
func bound(r rate, of float64) string {
	if r.Of == 0 {
		return "-"
	}
	return percent(of)
}

func (t *text) answerable(p *Report) {
	if p.Ranking.Questions == 0 {
		return
	}
	t.title("Questions with a relevant snippet: %d", p.Ranking.Questions)
	t.table(func(row func(...any)) {
		share := func(name string, r rate) { row(name, r.Count, percent(r.Share)) }
		share("answered", p.Answerable.Answered)
		share("answered rightly", p.Answerable.Right)
		share("answered wrongly", p.Answerable.Wrong)
		share("right first", p.Ranking.RightFirst)
		share("recall@3", p.Ranking.RecallAt3)
		row("MRR", "", fmt.Sprintf("%.3f", p.Ranking.MRR))
		row("nDCG@10", "", fmt.Sprintf("%.3f", p.Ranking.NDCGAt10))
	})
}

// mostKinds is how many kinds the text lists; the JSON has them all.
const mostKinds = 20

func (t *text) kinds(kinds []kindCounts, none rate) {
	if len(kinds) == 0 {
		return
	}
	t.title("False answers, by kind (at most: with 95%% confidence)")
	t.table(func(row func(...any)) {
		row("kind", "questions", "right", "answered", "choose", "no_match", "declined", "urgent", "false", "rate", "at most")
		for _, k := range kinds[:min(len(kinds), mostKinds)] {
			cells := []any{k.Kind, k.Right.Of, percent(k.Right.Share)}
			for _, o := range outcomes {
				cells = append(cells, k.Outcomes[o])
			}
			row(append(cells, k.False.Count, percent(k.False.Share), bound(k.False, k.False.Upper))...)
		}
		if none.Of > 0 {
			row("all without a relevant snippet", none.Of, "", "", "", "", "", "", none.Count, percent(none.Share), bound(none, none.Upper))
		}
	})
	if more := len(kinds) - mostKinds; more > 0 {
		fmt.Fprintf(t, "and %d more kinds, with at most %d false answers each\n", more, kinds[mostKinds].False.Count)
	}
}

func (t *text) emergencies(p *Report) {
	e := p.Emergencies
	if e.Recall.Of == 0 && e.FalseAlarms.Count == 0 {
		return
	}
	t.title("Emergencies (at least, at most: with 95%% confidence)")
	t.table(func(row func(...any)) {
		row("", "taken for one", "of", "rate", "at least", "at most")
		line := func(name string, r rate) {
			row(name, r.Count, r.Of, percent(r.Share), bound(r, r.Lower), bound(r, r.Upper))
		}
		line("emergencies", e.Recall)
		for _, t := range e.Tiers {
			if len(e.Tiers) > 1 {
				line("  "+t.Kind, t.Recall)
			}
		}
		line("all others", e.FalseAlarms)
		alarming := slices.DeleteFunc(slices.Clone(p.Kinds), func(k kindCounts) bool { return k.FalseAlarms == nil || k.FalseAlarms.Count == 0 })
		slices.SortStableFunc(alarming, func(a, b kindCounts) int { return b.FalseAlarms.Count - a.FalseAlarms.Count })
		for _, k := range alarming {
			line("  "+k.Kind, *k.FalseAlarms)
		}
	})
}

func (t *text) pairs(p *pairCounts) {
	if p == nil {
		return
	}
	t.title("Long and short forms of one question: %d pairs", p.SameFirst.Of)
	t.table(func(row func(...any)) {
		row("same best match", p.SameFirst.Count, percent(p.SameFirst.Share))
		row(fmt.Sprintf("same answer, of the %d whose short form is answered", p.SameAnswered.Of), p.SameAnswered.Count, percent(p.SameAnswered.Share))
	})
}

func (t *text) calibration(c calibration) {
	if c.Questions == 0 {
		return
	}
	t.title("Calibration of %d best matches: expected error %.3f", c.Questions, c.Error)
	t.table(func(row func(...any)) {
		row("confidence", "matches", "mean", "right")
		for _, b := range c.Bins {
			if b.Questions > 0 {
				row(fmt.Sprintf("%.1f to %.1f", b.From, b.To), b.Questions, fmt.Sprintf("%.2f", b.Confidence), fmt.Sprintf("%.2f", b.Right))
			}
		}
	})
}

func (t *text) latency(l latency) {
	cores := "cores"
	if l.Cores == 1 {
		cores = "core"
	}
	t.title("Speed: %.0f questions a second on %d %s", l.Rate, l.Cores, cores)
	t.table(func(row func(...any)) {
		row("", "p50", "p90", "p99", "max")
		row("ms", fmt.Sprintf("%.2f", l.P50), fmt.Sprintf("%.2f", l.P90), fmt.Sprintf("%.2f", l.P99), fmt.Sprintf("%.2f", l.Max))
	})
}
