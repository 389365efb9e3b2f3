package index

import (
	"testing"

	"handout/knowledge"
)

// TestAlarmsAreNotForEverydayQuestions: a word of what people tell of an
// emergency is no reason to send its text, what names the sign is.
func TestAlarmsAreNotForEverydayQuestions(t *testing.T) {
	c, err := knowledge.Open("")
	if err != nil {
		t.Fatal(err)
	}
	x, err := Build(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	alarm := alarms(c.Triage)
	best := func(text string, asks bool) Match {
		r, err := x.Search(t.Context(), Query{Text: text, Asks: asks, Limit: 1, Why: true})
		if err != nil || len(r.Matches) == 0 {
			t.Fatal(text, r, err)
		}
		return r.Matches[0]
	}
	for _, text := range []string{
		"can my dog give me eczema by licking me", "can my dog lick my eczema", "can i wear contact lenses with eczema near my eyes",
		"what curtains are good for someone with eczema", "what is the best room temperature for eczema", "why does my leg go numb when i sit cross legged",
		"is poison ivy the same as eczema", "what is a midlife crisis", "how do you fill craters in a driveway",
		"can i wear goggles when i swim with eczema round my eyes", "do glasses make eczema on the nose worse",
	} {
		if m := best(text, true); alarm[m.Snippet.ID] && m.Confidence >= 0.25 {
			t.Errorf("%q: %s, %.2f", text, m.Snippet.ID, m.Confidence)
		}
	}
	for text, want := range map[string]string{
		"what does a blood clot in the leg feel like":  "em-clot",
		"can u get sepsis from scratching":             "em-sepsis",
		"does a stroke hurt":                           "em-stroke",
		"is stomach pain serious on upadacitinib":      "em-belly-pain",
		"what if a child ever swallows steroid cream":  "em-poison",
		"how quick does anaphylaxis go once it starts": "em-anaphylaxis",
		"does eczema on eyelids damage your sight":     "em-eye",
	} {
		if m := best(text, true); m.Snippet.ID != want || m.Confidence < 0.5 {
			t.Errorf("%q: %s, %.2f", text, m.Snippet.ID, m.Confidence)
		}
	}
	const told = "puking stuff that looks like coffee"
	if m := best(told, false); m.Snippet.ID != "em-belly-pain" || m.Confidence < 0.5 {
		t.Errorf("%q, which is told, not asked: %s, %.2f", told, m.Snippet.ID, m.Confidence)
	}
	if m := best(told, true); m.Confidence >= 0.5 || !m.Why.Beside {
		t.Errorf("%q, if it were asked: %s, %.2f", told, m.Snippet.ID, m.Confidence)
	}
}

func TestOtherThingsHideTheirWords(t *testing.T) {
	v := &knowledge.Vocabulary{Entities: []*knowledge.Entity{
		{ID: "clot", Kind: knowledge.Term, Name: "blood clot", Synonyms: []string{"clot"}},
		{ID: "food", Kind: knowledge.Other, Name: "clotted cream"},
		{ID: "hand", Kind: knowledge.Term, Name: "hand clot"},
	}}
	a, err := newAnalyzer("en", v)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"clotted cream": 1, "clot": 1, "hand clot": 3} {
		if got := terms(a.tokens(a.words(text))); len(got) != want {
			t.Errorf("%q is found by %q", text, got)
		}
	}
}
