package gate

import (
	"fmt"
	"strings"

	"handout/index/evaluate"
)

// mostMarkdown, in bytes, leaves room for what a caller adds to a comment, which
// GitHub cuts off at 65,536 characters.
const mostMarkdown = 50_000

// longestCell is how much of a question a table shows, in characters.
const longestCell = 300

// Markdown is the diff as a comment for a pull request: a summary, a table of
// what stops, and the rest folded. What people wrote can make no markup, mention
// or reference there.
func (d *Diff) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**\n", escape(d.summary()))
	stops := d.Stops()
	if len(stops) > 0 {
		b.WriteString("\n")
		table(&b, stops)
		fmt.Fprintf(&b, "\n%s\n", d.signature())
	}
	if own := d.own(); len(own) > 0 {
		fmt.Fprintf(&b, "\n<details><summary>%s (%d)</summary>\n\n", ownHeading, len(own))
		table(&b, own)
		b.WriteString("\n</details>\n")
	}
	return b.String()
}

// table writes as many rows as there is room for.
func table(b *strings.Builder, changes []Change) {
	b.WriteString("| what | question | before | now |\n| --- | --- | --- | --- |\n")
	for i, c := range changes {
		if b.Len() > mostMarkdown {
			fmt.Fprintf(b, "\nand %d more, which `handout check --against` lists without `--markdown`\n", len(changes)-i)
			return
		}
		was := "not asked"
		if c.Before != nil {
			was = c.was
		}
		fmt.Fprintf(b, "| %s | %s<br>(%s) | %s | %s |\n", c.Class, cell(c.Question.Text), cell(c.Question.whose()), cell(was), cell(c.is))
	}
}

// cell is text for a cell of a table.
func cell(text string) string {
	runes := []rune(evaluate.Printable(text))
	if len(runes) > longestCell {
		runes = append(runes[:longestCell], '…')
	}
	return escape(string(runes))
}

// escape makes text mean nothing but itself. An invisible joiner behind @ and #
// keeps GitHub from making mentions and references.
func escape(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '&' || r == '<' || r == '>':
			fmt.Fprintf(&b, "&#%d;", r)
		case strings.ContainsRune("\\`*_{}[]|~$!", r):
			b.WriteString("\\" + string(r))
		case r == '@' || r == '#':
			b.WriteString("\\" + string(r) + "\u2060")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
