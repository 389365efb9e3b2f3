package gate

import (
	"fmt"
	"strings"

	"handout/index/evaluate"
)

// Text is the diff in plain text, by class, the gravest first.
func (d *Diff) Text() string {
	var b strings.Builder
	b.WriteString(d.summary() + "\n")
	stops := d.Stops()
	for i, c := range stops {
		if i == 0 || stops[i-1].Class != c.Class {
			fmt.Fprintf(&b, "\n%s (%d)\n", c.Class, ofClass(stops, c.Class))
		}
		c.text(&b)
	}
	if own := d.own(); len(own) > 0 {
		fmt.Fprintf(&b, "\n%s (%d)\n", ownHeading, len(own))
		for _, c := range own {
			c.text(&b)
		}
	}
	if len(stops) > 0 {
		b.WriteString("\n" + d.signature() + "\n")
	}
	return b.String()
}

func ofClass(changes []Change, class Class) int {
	n := 0
	for _, c := range changes {
		if c.Class == class {
			n++
		}
	}
	return n
}

func (c *Change) text(b *strings.Builder) {
	fmt.Fprintf(b, "  %s (%s)\n    %s\n", evaluate.Printable(c.Question.Text), c.Question.whose(), c.Sentence())
}
