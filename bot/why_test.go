package bot_test

import (
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"handout/bot"
	"handout/index"
)

func whyOf(t *testing.T, b *bot.Bot, m bot.Message) *bot.Why {
	t.Helper()
	m.Why = true
	r := checked(t, b.Respond(t.Context(), m))
	if r.Why == nil || r.Why.Reason.Sentence() == "" {
		t.Fatalf("%q: %s without a reason: %+v", m.Text, r.Outcome, r.Why)
	}
	return r.Why
}

func TestReasons(t *testing.T) {
	why := func(m index.Match, w index.Why) index.Match {
		m.Why = &w
		return m
	}
	likely := []index.Feature{{Name: "always", Value: 1, Weight: 2}} // a fit of 0.88
	guess := []index.Guess{{Typed: "x", Name: "Rinvoq", Matches: []index.Match{match("jak-alcohol", 0.9)}}}
	elsewhere := why(match("jak-acne", 0), index.Why{Conflict: true, Features: likely})
	for _, tc := range []struct {
		reason bot.Reason
		found  index.Result
	}{
		{"above_threshold", index.Result{Matches: []index.Match{match("jak-alcohol", 0.9), match("jak-acne", 0.1)}}},
		{"near_tie", index.Result{Matches: []index.Match{match("jak-alcohol", 0.9), match("jak-acne", 0.9)}}},
		{"below_threshold", index.Result{Matches: []index.Match{match("jak-alcohol", 0.4)}}},
		{"nothing_near", index.Result{Matches: []index.Match{match("jak-alcohol", 0.1)}}},
		{"nothing_near", index.Result{}},
		{"beside_the_point", index.Result{Matches: []index.Match{why(match("jak-alcohol", 0.4), index.Why{Beside: true})}}},
		{"other_form_or_people", index.Result{Matches: []index.Match{why(match("jak-alcohol", 0.4), index.Why{Unlike: true})}}},
		{"other_treatment", index.Result{Matches: []index.Match{match("jak-alcohol", 0.4), elsewhere}}},
		{"not_in_corpus", index.Result{Matches: []index.Match{elsewhere}, Reading: &index.Reading{Foreign: []string{"xarelto"}}}},
		{"did_you_mean", index.Result{Guesses: guess}},
	} {
		b := botOn(func(index.Query) (index.Result, error) {
			r := tc.found
			r.Matches = slices.Clone(r.Matches)
			return r, nil
		})
		w := whyOf(t, b, bot.Message{Text: "anything"})
		if w.Reason != tc.reason {
			t.Errorf("%s, want %s", w.Reason, tc.reason)
		}
		if passed := w.Passed != nil && w.Passed.Snippet.ID == "jak-acne"; passed != slices.Contains([]bot.Reason{"other_treatment", "not_in_corpus"}, tc.reason) {
			t.Errorf("%s: passed over %+v", tc.reason, w.Passed)
		}
	}
}

func TestReasonsWithoutSearch(t *testing.T) {
	b := newBot(t)
	for _, tc := range []struct {
		message bot.Message
		reason  bot.Reason
	}{
		{bot.Message{Text: "/topics"}, "command"},
		{bot.Message{Text: "help"}, "command"},
		{bot.Message{Text: " "}, "empty"},
		{bot.Message{Text: strings.Repeat("word ", 3000)}, "too_long"},
		{bot.Message{Snippet: "jak-alcohol"}, "chosen"},
		{bot.Message{Snippet: "none"}, "expired"},
		{bot.Message{Hold: bot.Crowded}, "busy"},
		{bot.Message{Action: "+s:jak-alcohol"}, "feedback"},
	} {
		if w := whyOf(t, b, tc.message); w.Reason != tc.reason {
			t.Errorf("%+v: %s, want %s", tc.message, w.Reason, tc.reason)
		}
	}
	for name, broken := range map[string]searcher{
		"error": func(index.Query) (index.Result, error) { return index.Result{}, errors.New("disk on fire") },
		"panic": func(index.Query) (index.Result, error) { panic("no") },
	} {
		if w := whyOf(t, botOn(broken), bot.Message{Text: "what is eczema"}); w.Reason != "error" {
			t.Errorf("%s: %s", name, w.Reason)
		}
	}
}

func TestExpiredIsAReason(t *testing.T) {
	c, x := starter()
	later := c.Snippet("jak-alcohol").Review.Due.AddDate(0, 0, 1)
	b := bot.New(slog.New(slog.DiscardHandler), func() time.Time { return later }, c, x)
	w := whyOf(t, b, bot.Message{Text: "can i drink alcohol on rinvoq"})
	if w.Reason != "expired" || w.Passed == nil || w.Passed.Snippet.ID != "jak-alcohol" {
		t.Errorf("%s, passed over %+v", w.Reason, w.Passed)
	}
}

// What a rule of triage found stands in the why, also when the sign is denied
// or only asked about.
func TestRulesInWhy(t *testing.T) {
	b := newBot(t)
	for _, tc := range []struct {
		text, rule string
		as         bot.Presence
		reason     bot.Reason
	}{
		{"my chest is really tight and my left arm hurts", "em-heart", "there", "urgent_rule"},
		{"what is chest pain a sign of", "em-heart", "mentioned", ""},
		{"i have no chest pain", "em-heart", "denied", ""},
		{"should I double my dose of rinvoq", "own-dose", "there", "declined_rule"},
		{"halve it?? my skin is clear now so 100 instead of 200 abrocitinib makes sense right", "own-dose", "suspected", "declined_model"},
		{"dad pours his tea onto the table next to the cup and laughs out of half a mouth", "em-stroke", "suspected", "suspected"},
	} {
		w := whyOf(t, b, bot.Message{Text: tc.text})
		if tc.reason != "" && w.Reason != tc.reason {
			t.Errorf("%q: %s, want %s", tc.text, w.Reason, tc.reason)
		}
		if !slices.ContainsFunc(w.Rules, func(f bot.Fired) bool { return f.Rule.ID == tc.rule && f.As == tc.as }) {
			t.Errorf("%q: the rules %+v lack %s as %s", tc.text, w.Rules, tc.rule, tc.as)
		}
	}
}

func TestWhyOfEachQuestion(t *testing.T) {
	w := whyOf(t, newBot(t), bot.Message{Text: "can I drink on rinvoq and how do I change a car tyre"})
	if w.Reason != "several_questions" || len(w.Parts) != 2 {
		t.Fatalf("%s with %d parts", w.Reason, len(w.Parts))
	}
	for i, want := range []struct {
		question string
		sent     bool
	}{{"can I drink on rinvoq", true}, {"how do I change a car tyre", false}} {
		if p := w.Parts[i]; p.Question != want.question || (p.Reason == "above_threshold") != want.sent || p.Found.Reading == nil {
			t.Errorf("part %q: %s, want %q, sent: %t", p.Question, p.Reason, want.question, want.sent)
		}
	}
}

// Asking why changes nothing else, and nobody gets a why without asking.
func TestWhyChangesNothing(t *testing.T) {
	b := newBot(t)
	for _, text := range []string{
		"can i drink on rinvoq", "rinvoq or cibinqo", "side effects of jupixent", "can I drink on xarelto", "i cant breathe",
		"can I drink on rinvoq and does it cause acne?", "is a wet towel good", "/topics",
	} {
		plain, explained := ask(t, b, text), b.Respond(t.Context(), bot.Message{Text: text, Why: true})
		if plain.Why != nil {
			t.Errorf("%q: a why that nobody asked for", text)
		}
		if plain.Text() != explained.Text() || plain.Outcome != explained.Outcome || plain.Confidence != explained.Confidence || len(plain.Matches) != len(explained.Matches) {
			t.Errorf("%q: another reply when asked why:\n%s\n%s", text, plain.Text(), explained.Text())
		}
	}
}
