package index_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"handout/index"
	"handout/knowledge"
)

func TestReading(t *testing.T) {
	x := openStarter(t)
	ids := func(list []*knowledge.Entity) (out []string) {
		for _, e := range list {
			out = append(out, e.ID)
		}
		return out
	}
	for _, c := range []struct {
		text                               string
		entities, denied, foreign, unknown []string
	}{
		{"can i drink alcohol on rinvoq", []string{"alcohol", "upadacitinib"}, nil, nil, nil},
		{"not the cream, rinvoq tablets", []string{"upadacitinib", "tablet"}, []string{"cream"}, nil, nil},
		{"is xarelto or stelara safe", []string{"ustekinumab"}, nil, []string{"xarelto", "ustekinumab"}, nil},
		{"does rinvoq change a bicycle", []string{"upadacitinib"}, nil, nil, []string{"bicycle"}},
	} {
		r, err := x.Search(t.Context(), index.Query{Text: c.text, Why: true})
		if err != nil {
			t.Fatal(err)
		}
		got := r.Reading
		if got == nil || !slices.Equal(ids(got.Entities), c.entities) || !slices.Equal(ids(got.Denied), c.denied) || !slices.Equal(got.Foreign, c.foreign) || !slices.Equal(got.Unknown, c.unknown) {
			t.Errorf("%q is read as %+v: %v, not %v", c.text, got, ids(got.Entities), ids(got.Denied))
		}
	}
	if r, err := x.Search(t.Context(), index.Query{Text: "what is rinvoq"}); err != nil || r.Reading != nil || r.Matches[0].Why != nil {
		t.Errorf("a why that nobody asked for: %+v, %v", r, err)
	}
}

// Features and leeway give the confidence, whatever share of false answers a
// community accepts, unless something is held against the match.
func TestFit(t *testing.T) {
	for _, percent := range []float64{0, 0.1, 5} {
		c, err := knowledge.Open("")
		if err != nil {
			t.Fatal(err)
		}
		c.Settings.FalseAnswers = percent
		x, err := index.Build(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		r, err := x.Search(t.Context(), index.Query{Text: "can i drink alcohol on rinvoq", Limit: 30, Why: true})
		if err := errors.Join(err, x.Close()); err != nil {
			t.Fatal(err)
		}
		compared := 0
		for _, m := range r.Matches {
			w := m.Why
			if w.Beside || w.Unlike || w.Conflict {
				continue
			}
			compared++
			if math.Abs(w.Fit()-m.Confidence) > 1e-9 {
				t.Errorf("at %g, %s: fit %v, confidence %v", percent, m.Snippet.ID, w.Fit(), m.Confidence)
			}
		}
		if compared == 0 {
			t.Errorf("at %g nothing was compared", percent)
		}
	}
}
