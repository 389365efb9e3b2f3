package index_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"handout/index"
)

var update = flag.Bool("update", false, "write testdata/golden.tsv anew")

// Every wording of a snippet must lead to it. What each finds, and how surely,
// is kept in a file, so that a change of ranking is a readable diff.
func TestGolden(t *testing.T) {
	x := openStarter(t)
	var b strings.Builder
	b.WriteString("wording\tfirst\tconfidence\n")
	for _, s := range x.Corpus().Snippets {
		for _, text := range s.Wordings() {
			id, confidence := first(search(t, x, index.Query{Text: text}))
			fmt.Fprintf(&b, "%s\t%s\t%.1f\n", text, id, confidence)
			if id != s.ID {
				t.Errorf("%q finds %s, want %s", text, id, s.ID)
			}
		}
	}
	const file = "testdata/golden.tsv"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	old := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		old[line] = true
	}
	changed := 0
	for line := range strings.Lines(b.String()) {
		if !old[line] {
			changed++
			t.Logf("now %q", line)
		}
	}
	if changed > 0 || len(data) != b.Len() {
		t.Errorf("%d results differ from %s; if they are meant, run go test ./index -update", changed, file)
	}
}
