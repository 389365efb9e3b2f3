package index_test

import (
	"context"
	"testing"

	"handout/index"
	"handout/knowledge"
)

// What the setting promises holds on the sets that it was read off, and a
// community that accepts more gets more answers.
func TestFalseAnswersAreASetting(t *testing.T) {
	path := evalFile(t, "skin.jsonl")
	last := 0.0
	for _, percent := range []float64{0.1, 0, 2, 5, 50} {
		c, err := knowledge.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		c.Settings.FalseAnswers = percent
		x, err := index.Build(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		var wrong, right tally
		for _, row := range rows(t, evalFile(t, "skin-dev.tsv")) {
			y := &wrong
			if row[1] == "answerable" {
				y = &right
			}
			y.add(search(t, x, index.Query{Text: row[0]}), row[2])
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		t.Logf("false_answers %g: %.2f%% of the unanswerable and %.1f%% of the answerable are answered", percent, wrong.share(wrong.answered), right.share(right.answered))
		if limit := percent + 1; percent != 0 && wrong.share(wrong.answered) > limit {
			t.Errorf("at %g, %.2f%% are answered", percent, wrong.share(wrong.answered))
		}
		if got := right.share(right.answered); got < last || percent == 2 && got == last {
			t.Errorf("at %g fewer are answered (%.1f%%) than before (%.1f%%)", percent, got, last)
		} else {
			last = got
		}
	}
}
