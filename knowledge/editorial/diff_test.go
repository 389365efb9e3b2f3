package editorial_test

import (
	"fmt"
	"strings"
	"testing"

	"handout/knowledge/editorial"
)

// diff compares two texts, and wants the pieces to make up both.
func diff(t *testing.T, before, after string) []editorial.Piece {
	t.Helper()
	var was, is strings.Builder
	pieces := editorial.Diff(before, after)
	for _, p := range pieces {
		if p.Change != editorial.Added {
			was.WriteString(p.Text)
		}
		if p.Change != editorial.Removed {
			is.WriteString(p.Text)
		}
	}
	if was.String() != before || is.String() != after {
		t.Error("the pieces do not make up the texts")
	}
	return pieces
}

func TestDiff(t *testing.T) {
	if pieces := diff(t, "Wash your hands with soap.", "Wash both hands with warm water."); len(pieces) < 5 {
		t.Errorf("pieces %+v", pieces)
	}
}

// What grows with the square of the words must not keep a desk busy for hours.
func TestDiffsOfLongTexts(t *testing.T) {
	text := func(lines int, word string) string {
		var b strings.Builder
		for n := range lines {
			fmt.Fprintf(&b, "line %d speaks of %s.\n", n, word)
		}
		return b.String()
	}
	owls := text(2000, "owls")
	changed := strings.Replace(strings.Replace(owls, "line 0 speaks", "line 0 sings", 1), "line 1999 speaks", "line 1999 sings", 1)
	pieces := diff(t, owls, changed)
	if len(pieces) != 5 || pieces[1].Text != "line 0 sings of owls.\n" {
		t.Errorf("by lines: %d pieces", len(pieces))
	}
	few := diff(t, owls, strings.Replace(owls, "line 999 speaks", "line 999 sings", 1))
	if len(few) != 4 || few[1].Text != "speaks" {
		t.Errorf("one word of many: %d pieces", len(few))
	}
	if all := diff(t, text(20_000, "owls"), text(20_000, "kiwis")); len(all) != 2 {
		t.Errorf("all lines of many: %d pieces", len(all))
	}
}
