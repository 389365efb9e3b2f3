package index_test

import (
	"testing"

	"handout/index"
)

func TestThreshold(t *testing.T) {
	if got := index.Threshold(0); got != 0.5 {
		t.Errorf("by default a match answers from %v, want 0.5", got)
	}
	last := 1.0
	for _, percent := range []float64{0.01, 0.1, 0.15, 0.5, 0.7, 0.9, 1, 2, 3, 5} {
		got := index.Threshold(percent)
		if got > last || got <= 0 || percent > 0.1 && got == last {
			t.Errorf("at %v%% a match answers from %v, after %v", percent, got, last)
		}
		last = got
	}
	if index.Threshold(5) != index.Threshold(50) {
		t.Error("shares beyond 5% are not bounded")
	}
}

// What the setting promises holds on the sets that it was read off.
func TestThresholdHolds(t *testing.T) {
	skin := buildFrom(t, evalFile(t, "skin.jsonl"))
	for _, percent := range []float64{0.2, 1, 5} {
		answered, asked := 0.0, 0.0
		for _, row := range rows(t, evalFile(t, "skin-dev.tsv")) {
			if row[1] == "answerable" {
				continue
			}
			asked++
			if _, confidence := first(search(t, skin, index.Query{Text: row[0]})); confidence >= index.Threshold(percent) {
				answered++
			}
		}
		if got := 100 * answered / asked; got > 2*percent {
			t.Errorf("at %v%%, %.2f%% are answered", percent, got)
		}
	}
}
