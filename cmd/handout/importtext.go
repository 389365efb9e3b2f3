package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"handout/knowledge"
	"handout/knowledge/editorial"
)

// mostMissing is how many documents that a file lacks are named: a table may
// bring news of a few only.
const mostMissing = 10

// showPlan says in words what taking in a bundle would do.
func showPlan(w io.Writer, plan *editorial.Plan) {
	for _, note := range plan.Notes {
		fmt.Fprintf(w, "note: %s\n", note)
	}
	var counts []string
	for _, fate := range editorial.Fates {
		items := plan.Of(fate)
		counts = append(counts, fmt.Sprintf("%s %d", fate, len(items)))
		if fate == editorial.Same {
			continue
		}
		for n, item := range items {
			if fate == editorial.Missing && n == mostMissing {
				fmt.Fprintf(w, "%s: and %d more\n", fate, len(items)-n)
				break
			}
			showItem(w, item)
		}
	}
	fmt.Fprintf(w, "\n%s\n", strings.Join(counts, ", "))
	if n := len(plan.Of(editorial.Missing)); n > 0 {
		fmt.Fprintln(w, "what is missing stays as it is; a moderator withdraws what should not be sent any more")
	}
	if len(plan.Problems) > 0 {
		fmt.Fprintf(w, "\nWhat cannot be read:\n%v\n", plan.Problems)
	}
	showReport(w, plan.Report)
	fmt.Fprintln(w)
}

func showItem(w io.Writer, item editorial.Item) {
	fmt.Fprintf(w, "%s: %s", item.Fate, item.Doc)
	if s, _ := knowledge.ReadDocument(item.Doc, item.Text); item.Fate == editorial.New && s != nil {
		fmt.Fprintf(w, ": %s", printable(s.Title))
	}
	if item.Why != "" {
		fmt.Fprintf(w, " (%s)", item.Why)
	}
	fmt.Fprintln(w)
	if item.Before != nil && (item.Fate == editorial.Differs || item.Fate == editorial.Conflicting) {
		fmt.Fprint(w, changedLines(item.Diff()))
	}
}

func showReport(w io.Writer, r *editorial.Report) {
	if r == nil {
		return
	}
	if len(r.Problems) > 0 {
		fmt.Fprintf(w, "\nFaults:\n%v\n", r.Problems)
	}
	if r.Diff != nil {
		fmt.Fprintf(w, "\n%s", r.Diff.Text())
	}
}

// changedLines are the lines of a diff in which something has changed: what
// went stands in [-brackets-], what came in {+braces+}.
func changedLines(pieces []editorial.Piece) string {
	marks := map[editorial.Change][2]string{editorial.Kept: {"", ""}, editorial.Removed: {"[-", "-]"}, editorial.Added: {"{+", "+}"}}
	var out, line strings.Builder
	changed := false
	flush := func() {
		if changed {
			fmt.Fprintf(&out, "    %s\n", line.String())
		}
		line.Reset()
		changed = false
	}
	for _, p := range pieces {
		for n, part := range strings.Split(printable(p.Text), "\n") {
			if n > 0 {
				changed = changed || p.Change != editorial.Kept
				flush()
			}
			if part != "" {
				line.WriteString(marks[p.Change][0] + part + marks[p.Change][1])
				changed = changed || p.Change != editorial.Kept
			}
		}
	}
	flush()
	return out.String()
}

// printable keeps a text from steering the terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
