package evaluate

import (
	"fmt"
	"strings"

	"handout/knowledge"
)

// Problems is everything wrong with files of questions, so that nothing was
// measured. As an error it reads one a line.
type Problems []knowledge.Problem

// listed is how many problems are shown: one wrong column or corpus makes as
// many as there are questions.
const listed = 20

// Error lists the first 20 problems and counts the others.
func (ps Problems) Error() string {
	var lines []string
	for _, p := range ps[:min(len(ps), listed)] {
		lines = append(lines, p.String())
	}
	if more := len(ps) - listed; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more like these", more))
	}
	return strings.Join(lines, "\n")
}
