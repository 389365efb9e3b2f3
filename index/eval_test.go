package index_test

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"handout/index"
)

// evalPath returns the path of a public data set, which is not part of the
// project, and whether it is there.
func evalPath(name string) (string, bool) {
	path := filepath.Join("..", "..", "shared", "eval", name)
	_, err := os.Stat(path)
	return path, err == nil
}

// evalFile returns the path of a public data set, and skips the test where it
// is missing.
func evalFile(tb testing.TB, name string) string {
	tb.Helper()
	path, ok := evalPath(name)
	if !ok {
		tb.Skipf("skipped: needs %s beside the project's folder", path)
	}
	return path
}

// rows reads a table with a heading.
func rows(tb testing.TB, path string) [][]string {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var list [][]string
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		list = append(list, append(strings.Split(lines.Text(), "\t"), "", ""))
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
	return list[1:]
}

// tally counts how questions of one kind were met.
type tally struct{ asked, first, answered int }

func (y *tally) add(r index.Result, relevant string) {
	y.asked++
	id, confidence := first(r)
	for want := range strings.FieldsSeq(relevant) {
		if want == id {
			y.first++
		}
	}
	if confidence >= answering {
		y.answered++
	}
}

// share is a part of those asked, in percent.
func (y *tally) share(n int) float64 { return 100 * float64(n) / float64(y.asked) }

// Most questions that a corpus answers are answered, and few on other
// diseases or other things.
func TestEvalAbstention(t *testing.T) {
	skin := buildFrom(t, evalFile(t, "skin.jsonl"))
	kinds := map[string]*tally{"answerable": {}, "near": {}, "far": {}}
	for _, row := range rows(t, evalFile(t, "skin-dev.tsv")) {
		kinds[row[1]].add(search(t, skin, index.Query{Text: row[0]}), row[2])
	}
	for kind, y := range kinds {
		t.Logf("skin: %s: %d of %d answered (%.1f%%)", kind, y.answered, y.asked, y.share(y.answered))
	}
	if y := kinds["answerable"]; y.share(y.answered) < 88 {
		t.Errorf("only %.1f%% of the answerable questions are answered", y.share(y.answered))
	}
	if y := kinds["near"]; y.share(y.answered) > 1 {
		t.Errorf("%.1f%% of the questions on other diseases are answered", y.share(y.answered))
	}
	if y := kinds["far"]; y.share(y.answered) > 0.2 {
		t.Errorf("%.1f%% of the questions on other things are answered", y.share(y.answered))
	}
}

// aboutTheBot are intents of the off-topic set that the starter corpus answers.
const aboutTheBot = " what_can_i_ask_you are_you_a_bot who_made_you what_is_your_name who_do_you_work_for how_old_are_you where_are_you_from what_are_your_hobbies do_you_have_pets "

func TestEvalStarterOffTopic(t *testing.T) {
	x := openStarter(t)
	var y tally
	for i, row := range rows(t, evalFile(t, "off-topic-dev.tsv")) {
		if i%5 == 0 && !strings.Contains(aboutTheBot, " "+row[1]+" ") {
			y.add(search(t, x, index.Query{Text: row[0]}), "")
		}
	}
	t.Logf("starter corpus: %d of %d off-topic questions answered (%.1f%%)", y.answered, y.asked, y.share(y.answered))
	if y.share(y.answered) > 1.5 {
		t.Errorf("%.1f%% of the off-topic questions are answered", y.share(y.answered))
	}
}

func TestEvalLarge(t *testing.T) {
	path := evalFile(t, "medquad.jsonl")
	if testing.Short() {
		t.Skip("skipped: takes seconds, and -short is given")
	}
	x := buildFrom(t, path)
	for _, c := range []struct {
		name            string
		first, answered float64 // at least, in percent
	}{
		{"dev-clean.tsv", 97, 99},
		{"dev-typo.tsv", 97, 98},
		{"dev-para.tsv", 47, 95},
		{"dev-paratypo.tsv", 43, 90},
	} {
		var y tally
		for _, row := range rows(t, evalFile(t, c.name)) {
			y.add(search(t, x, index.Query{Text: row[0]}), row[1])
		}
		t.Logf("%s: %.1f%% right at first, %.1f%% answered", c.name, y.share(y.first), y.share(y.answered))
		if y.share(y.first) < c.first || y.share(y.answered) < c.answered {
			t.Errorf("%s: %.1f%% right at first and %.1f%% answered, want %g%% and %g%%", c.name, y.share(y.first), y.share(y.answered), c.first, c.answered)
		}
	}
}
