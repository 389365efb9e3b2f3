package knowledge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong with a corpus, and how to mend it.
type Problem struct {
	File string // as the person named it
	Line int    // counted from 1; 0 when the problem is the file itself
	What string
	Fix  string
	// Fatal problems keep a corpus from being served at all; the others are
	// faults of content that its keeper has to mend.
	Fatal bool
}

// String is "file:line: what; how to mend it".
func (p Problem) String() string {
	where := p.File
	if p.Line > 0 {
		where = fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	if p.Fix == "" {
		return where + ": " + p.What
	}
	return where + ": " + p.What + "; " + p.Fix
}

// Problems is every problem of a corpus. As an error it reads one a line.
type Problems []Problem

// Error lists the problems, one a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Fatal returns those that keep the corpus from being served.
func (ps Problems) Fatal() Problems {
	var fatal Problems
	for _, p := range ps {
		if p.Fatal {
			fatal = append(fatal, p)
		}
	}
	return fatal
}

// Sort puts the problems in the order of files and lines.
func (ps Problems) Sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return cmp.Compare(a.Line, b.Line)
	})
}
