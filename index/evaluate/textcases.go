package evaluate

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

func (t *text) worst(w worstCases) {
	t.cases("False answers, surest first", w.False)
	t.cases("Not answered though a snippet is relevant, least sure first", w.Unanswered)
	t.cases("Emergencies that were missed", w.Missed)
	t.cases("Taken for an emergency", w.Alarms)
}

func (t *text) cases(title string, list []worstCase) {
	if len(list) == 0 {
		return
	}
	t.title("%s", title)
	for _, c := range list {
		t.question(c.File, c.Line, c.Question, c.Kind)
		for _, line := range c.why() {
			fmt.Fprintf(t, "    %s\n", line)
		}
	}
}

// longest question that is printed whole, in characters.
const longest = 160

func (t *text) question(file string, line int, question, kind string) {
	q := []rune(Printable(question))
	if len(q) > longest {
		q = append(q[:longest], '…')
	}
	if kind != "" {
		kind = " (" + kind + ")"
	}
	fmt.Fprintf(t, "  %s:%d: %s%s\n", file, line, string(q), kind)
}

// Printable is one line without what would command a terminal.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return utf8.RuneError
	}, strings.Join(strings.Fields(s), " "))
}

func (t *text) changes(c *changes) {
	if c == nil {
		return
	}
	t.title("Against the baseline: %d better, %d worse, %d changed otherwise, of %d questions in both", c.Better, c.Worse, c.Other, c.Compared)
	fmt.Fprintf(t, "right: %d → %d; new questions: %d; gone: %d\n", c.WasRight, c.NowRight, c.Added, c.Gone)
	shown := verdict("")
	for _, d := range c.List {
		if d.Verdict != shown {
			shown = d.Verdict
			t.title("%s", map[verdict]string{worse: "Worse", better: "Better", other: "Changed otherwise"}[shown])
		}
		t.question(d.File, d.Line, d.Question, d.Kind)
		fmt.Fprintf(t, "    %s → %s\n", d.Old, d.New)
	}
}

// String is the outcome, the best match, and whether that was right.
func (f found) String() string {
	first := f.First
	if first == "" {
		first = "nothing found"
	}
	s := fmt.Sprintf("%s %s %.2f", f.Outcome, first, f.Confidence)
	switch {
	case f.Right == nil:
		return s
	case *f.Right:
		return s + " right"
	}
	return s + " wrong"
}
