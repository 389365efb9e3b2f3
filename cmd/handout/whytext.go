package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"handout/bot"
)

const (
	screen = 80 // columns of a terminal
	margin = 16 // columns before what a line says
)

// text says the same for a person to read, in lines of 80 columns.
func (w *why) text() string {
	var b strings.Builder
	w.write(&b)
	return b.String()
}

func (w *why) write(b *strings.Builder) {
	head := "Why: "
	if w.Question != "" {
		head = fmt.Sprintf("Part %q: ", w.Question)
	}
	hang(b, "", 0, strings.Fields(head+w.Sentence))
	say := func(label string, list []string) {
		if len(list) > 0 {
			hang(b, label, margin, strings.Fields(strings.Join(list, ", ")))
		}
	}
	for _, r := range w.Rules {
		say("rule", []string{r.ID + " (" + string(r.Tier) + "): " + presences[r.As]})
	}
	say("read", w.Corrected)
	for _, g := range w.Guesses {
		say("may mean", []string{fmt.Sprintf("%s→%s: %s, confidence %.2f", g.Typed, g.Name, g.ID, g.Confidence)})
	}
	say("names", named(w.Entities))
	say("not meant", named(w.Denied))
	if w.Borrowed {
		say("", []string{"with names from the context of the message"})
	}
	say("not in corpus", w.Foreign)
	say("in no snippet", w.Unknown)
	if w.Best != nil {
		say("best", []string{w.Best.line() + fmt.Sprintf("; sent from %.2f", w.Threshold)})
		say("matched", w.Best.Words)
		say("features", w.Best.counts())
	}
	if w.RunnerUp != nil {
		say("runner-up", []string{w.RunnerUp.line()})
	}
	if w.Passed != nil {
		say("passed over", []string{w.Passed.line()})
	}
	for i := range w.Parts {
		w.Parts[i].write(b)
	}
}

var presences = map[bot.Presence]string{
	"there": "it is there", "mentioned": "only asked about, or over", "denied": "denied", "suspected": "the model suspects it",
}

func named(list []entity) []string {
	var out []string
	for _, e := range list {
		out = append(out, fmt.Sprintf("%s (%s)", e.Name, e.Kind))
	}
	return out
}

// line is the match with what speaks against it.
func (g *grounds) line() string {
	line := fmt.Sprintf("%s, confidence %.2f", g.ID, g.Confidence)
	if g.Conflict {
		line += fmt.Sprintf("; about another treatment or condition, else %.2f", g.Fit)
	}
	if g.Beside {
		line += "; beside the point"
	}
	if g.Unlike {
		line += "; about another form or other people"
	}
	return line
}

// counts lists the features by what they add to the score.
func (g *grounds) counts() []string {
	all := append(slices.Clone(g.Features), feature{"leeway", 1, g.Leeway})
	counted := slices.DeleteFunc(all, func(f feature) bool { return math.Abs(f.Value*f.Weight) < 0.05 })
	slices.SortStableFunc(counted, func(a, b feature) int {
		return cmp.Compare(math.Abs(b.Value*b.Weight), math.Abs(a.Value*a.Weight))
	})
	var list []string
	for _, f := range counted {
		list = append(list, fmt.Sprintf("%s %+.1f", f.Name, f.Value*f.Weight))
	}
	return list
}

// hang writes words behind a label, each line but the first indented as far.
// Words may be a person's: nothing in them commands the terminal.
func hang(b *strings.Builder, label string, indent int, words []string) {
	column := 0
	if indent > 0 {
		column, _ = fmt.Fprintf(b, "  %-*s", indent-2, label)
	}
	start := column
	for _, word := range words {
		word = strings.Map(shown, word)
		n := utf8.RuneCountInString(word)
		switch {
		case column == start:
		case column+1+n > screen:
			fmt.Fprintf(b, "\n%*s", max(indent, 2), "")
			column = max(indent, 2)
			start = column
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	b.WriteByte('\n')
}

func shown(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return utf8.RuneError
}
