package evaluate

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"handout/index"
	"handout/knowledge"
)

// asked makes a result: the question's kind and relevant ids, the outcome, and
// the ids of its matches, the first of which is sent if it is answered.
func asked(kind, relevant, outcome string, confidence float64, matches ...string) Result {
	r := Result{Question: Question{Text: "q", Kind: kind, Relevant: strings.Fields(relevant)}, Outcome: outcome}
	for _, id := range matches {
		r.Matches = append(r.Matches, index.Match{Snippet: &knowledge.Snippet{ID: id}, Confidence: confidence})
	}
	if outcome == answered && len(matches) > 0 {
		r.Snippet = matches[0]
	}
	return r
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 0.00005 {
		t.Errorf("%s is %.5f, want %.5f", what, got, want)
	}
}

func TestRight(t *testing.T) {
	for _, c := range []struct {
		result Result
		right  bool
		wrong  bool
	}{
		{asked("", "a", answered, 1, "a"), true, false},
		{asked("", "a b", answered, 1, "b"), true, false},
		{asked("", "a", answered, 1, "b", "a"), false, true},
		{asked("", "a", choose, 1, "a"), false, false},
		{asked("", "a", urgent, 1, "a"), false, false},
		{asked("far", "", noMatch, 0), true, false},
		{asked("far", "", choose, 0.3, "a"), true, false},
		{asked("far", "", declined, 0.3, "a"), true, false},
		{asked("far", "", answered, 1, "a"), false, true},
		{asked("far", "", answered, 0), true, false}, // a command's reply, or a greeting's
		{asked("far", "a", answered, 0), false, false},
		{asked("far", "", urgent, 1, "a"), false, false},
		{asked("emergency", "", urgent, 0), true, false},
		{asked("urgent", "", urgent, 0), true, false},
		{asked("emergency", "", declined, 0), false, false},
		{asked("emergency", "a", answered, 1, "a"), false, false},
		{asked("personal", "", declined, 0), true, false},
		{asked("personal", "", urgent, 0), true, false},
		{asked("personal", "", noMatch, 0), false, false},
		{asked("personal", "", answered, 1, "a"), false, true},
	} {
		r := &c.result
		if r.right() != c.right || r.falselyAnswered() != c.wrong {
			t.Errorf("%s %v %s %s: right %v, false answer %v", r.Kind, r.Relevant, r.Outcome, r.Snippet, r.right(), r.falselyAnswered())
		}
	}
}

func TestRanking(t *testing.T) {
	for _, c := range []struct {
		name      string
		result    Result
		rank      int
		mrr, ndcg float64
	}{
		{"first", asked("", "a", answered, 1, "a", "x"), 1, 1, 1},
		{"second", asked("", "a", answered, 1, "x", "a"), 2, 0.5, 0.63093},          // 1/log2(3)
		{"third", asked("", "a", choose, 1, "x", "y", "a"), 3, 1.0 / 3, 0.5},        // 1/log2(4)
		{"fourth", asked("", "a", choose, 1, "x", "y", "z", "a"), 4, 0.25, 0.43068}, // 1/log2(5)
		{"none", asked("", "a", noMatch, 0), 0, 0, 0},
		{"both of two", asked("", "a b", answered, 1, "b", "a"), 1, 1, 1},
		{"one of two", asked("", "a b", answered, 1, "a", "x"), 1, 1, 0.61315},                  // 1/(1+0.63093)
		{"first and third of two", asked("", "a b", answered, 1, "b", "x", "a"), 1, 1, 0.91972}, // 1.5/1.63093
	} {
		t.Run(c.name, func(t *testing.T) {
			got := newRanking([]*Result{&c.result})
			if r := c.result.rank(); r != c.rank {
				t.Errorf("rank %d, want %d", r, c.rank)
			}
			near(t, "MRR", got.MRR, c.mrr)
			near(t, "nDCG@10", got.NDCGAt10, c.ndcg)
			if first := c.rank == 1; first != (got.RightFirst.Count == 1) {
				t.Errorf("right first: %+v", got.RightFirst)
			}
			if three := c.rank >= 1 && c.rank <= 3; three != (got.RecallAt3.Count == 1) {
				t.Errorf("recall@3: %+v", got.RecallAt3)
			}
		})
	}
}

// Of twelve relevant snippets, ten are the most that ten matches can hold.
func TestRankingMoreRelevantThanRanks(t *testing.T) {
	r := asked("", "a b c d e f g h i j k l", answered, 1, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j")
	near(t, "nDCG@10", newRanking([]*Result{&r}).NDCGAt10, 1)
}

func TestRankingIsMean(t *testing.T) {
	a, b := asked("", "a", answered, 1, "a"), asked("", "a", answered, 1, "x", "a")
	got := newRanking([]*Result{&a, &b})
	near(t, "MRR", got.MRR, 0.75)
	near(t, "right first", got.RightFirst.Share, 0.5)
}

func TestBounds(t *testing.T) {
	for _, c := range []struct {
		count, of    int
		lower, upper float64
	}{
		{0, 0, 0, 1},
		{0, 1, 0, 0.95},
		{1, 1, 0.05, 1},
		{0, 10, 0, 0.25887},      // 1 - 0.05^(1/10)
		{10, 10, 0.74113, 1},     // 0.05^(1/10)
		{0, 1000, 0, 0.00299},    // the rule of three: about 3/n
		{1, 2, 0.02532, 0.97468}, // p with (1-p)^2 + 2p(1-p) = 1-p² = 0.05, that is √0.95
		{1, 10, 0.00512, 0.39416},
		{5, 10, 0.22244, 0.77756},
	} {
		r := newRate(c.count, c.of)
		if math.Abs(r.Lower-c.lower) > 0.00001 || math.Abs(r.Upper-c.upper) > 0.00001 {
			t.Errorf("%d of %d: %.5f to %.5f, want %.5f to %.5f", c.count, c.of, r.Lower, r.Upper, c.lower, c.upper)
		}
	}
}

// A count so large that its factorial overflows has a bound all the same: the
// normal approximation's, for so many.
func TestBoundsOfMany(t *testing.T) {
	want := 0.5 + 1.64485*math.Sqrt(0.25/1e5)
	if got := newRate(50000, 100000).Upper; math.Abs(got-want) > 0.0001 {
		t.Errorf("upper bound %.5f, want %.5f", got, want)
	}
}

func TestCalibration(t *testing.T) {
	results := []Result{
		asked("", "a", answered, 0.95, "a"), asked("", "a", answered, 0.91, "x"), // mean 0.93, half right: 0.43 off
		asked("", "a", choose, 0.3, "a"), // 0.7 off
		asked("far", "", answered, 1, "x"),
		asked("", "a", noMatch, 0),                // no match, no confidence
		asked("emergency", "", urgent, 0.9, "x"),  // not labelled
		asked("personal", "", declined, 0.9, "x"), // not labelled
		asked("personal", "a", declined, 0.05, "x"),
	}
	var list []*Result
	for i := range results {
		list = append(list, &results[i])
	}
	c := newCalibration(list)
	if c.Questions != 5 || c.Bins[9].Questions != 3 || c.Bins[3].Questions != 1 || c.Bins[0].Questions != 1 {
		t.Errorf("%+v", c)
	}
	near(t, "mean confidence", c.Bins[9].Confidence, (0.95+0.91+1)/3)
	near(t, "share right", c.Bins[9].Right, 1.0/3)
	// |2.86 - 1| + |0.3 - 1| + |0.05 - 0|, over 5
	near(t, "expected error", c.Error, (1.86+0.7+0.05)/5)
}

func TestLatency(t *testing.T) {
	var results []Result
	for i := range 200 {
		results = append(results, Result{Latency: time.Duration(200-i) * time.Millisecond})
	}
	l := newLatency(results, 4*time.Second, 2)
	if l.P50 != 100 || l.P90 != 180 || l.P99 != 198 || l.Max != 200 || l.Rate != 50 {
		t.Errorf("%+v", l)
	}
	if l := newLatency(results[:1], 0, 1); l.P50 != 200 || l.P99 != 200 || l.Rate != 0 {
		t.Errorf("of one: %+v", l)
	}
}

func TestRecallByTier(t *testing.T) {
	p := Summarize([]Result{
		asked("today", "", urgent, 0), asked("today", "", noMatch, 0), asked("now", "", urgent, 0), asked("crisis", "", urgent, 0), asked("none", "", noMatch, 0),
	}, Run{})
	var got []string
	for _, tier := range p.Emergencies.Tiers {
		got = append(got, fmt.Sprintf("%s %d/%d", tier.Kind, tier.Recall.Count, tier.Recall.Of))
	}
	if want := []string{"now 1/1", "crisis 1/1", "today 1/2"}; !slices.Equal(got, want) {
		t.Errorf("tiers %v, want %v", got, want)
	}
}

func TestKindsAndEmergencies(t *testing.T) {
	p := Summarize([]Result{
		asked("emergency", "", urgent, 0), asked("emergency", "", urgent, 0), asked("emergency", "", noMatch, 0),
		asked("far", "", urgent, 0), asked("far", "", answered, 1, "a"), asked("far", "", noMatch, 0), asked("far", "", noMatch, 0),
		asked("", "a", answered, 1, "a"), asked("", "a", answered, 1, "b"), asked("", "", noMatch, 0),
	}, Run{Worst: 5})
	if r := p.Emergencies.Recall; r.Count != 2 || r.Of != 3 {
		t.Errorf("recall %+v", r)
	}
	if r := p.Emergencies.FalseAlarms; r.Count != 1 || r.Of != 7 {
		t.Errorf("false alarms %+v", r)
	}
	var got strings.Builder
	for _, k := range p.Kinds {
		got.WriteString(k.Kind + " ")
		if (k.FalseAlarms == nil) != (k.Kind == "emergency") {
			t.Errorf("%s: false alarms %+v", k.Kind, k.FalseAlarms)
		}
		if k.Kind == "far" && (k.False.Count != 1 || k.False.Of != 4 || k.Right.Count != 2 || k.FalseAlarms.Count != 1) {
			t.Errorf("far: %+v", k)
		}
	}
	if want := "(answerable) far (none relevant) emergency "; got.String() != want {
		t.Errorf("kinds %s, want %s", &got, want)
	}
	if r := p.Unsuited; r.Count != 1 || r.Of != 8 {
		t.Errorf("none relevant: %+v", r)
	}
	if a := p.Answerable; a.Answered.Count != 2 || a.Right.Count != 1 || a.Wrong.Count != 1 {
		t.Errorf("answerable: %+v", a)
	}
	if w := p.Worst; len(w.False) != 2 || len(w.Missed) != 1 || len(w.Alarms) != 1 || len(w.Unanswered) != 0 {
		t.Errorf("worst: %+v", w)
	}
}

func TestPairs(t *testing.T) {
	pair := func(long, short Result) []Result {
		long.Form, short.Form = longForm, shortForm
		return []Result{long, short}
	}
	var results []Result
	results = append(results, pair(asked("", "", answered, 1, "a"), asked("", "", answered, 1, "a"))...)
	results = append(results, pair(asked("", "", noMatch, 0.1, "b"), asked("", "", answered, 1, "b"))...)
	results = append(results, pair(asked("", "", noMatch, 0.1, "a"), asked("", "", noMatch, 0.1, "b"))...)
	results = append(results, pair(asked("", "", noMatch, 0), asked("", "", noMatch, 0))...)
	p := Summarize(results, Run{})
	if s := p.Pairs.SameFirst; s.Count != 2 || s.Of != 4 {
		t.Errorf("same best match: %+v", s)
	}
	if s := p.Pairs.SameAnswered; s.Count != 1 || s.Of != 2 {
		t.Errorf("same answer: %+v", s)
	}
	if len(p.Kinds) != 0 || p.Calibration.Questions != 0 || p.Unsuited.Of != 0 {
		t.Errorf("forms of pairs count as labelled: %+v", p)
	}
}
