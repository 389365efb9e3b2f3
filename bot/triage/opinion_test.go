package triage

import (
	"slices"
	"strings"
	"testing"

	"handout/bot/triage/classify"
	"handout/knowledge"
)

// withoutSigns is the starter's rules, which then only know their words.
func withoutSigns(t *testing.T) *Matcher {
	t.Helper()
	c, err := knowledge.Open("")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range c.Triage.Rules {
		r.Signs = nil
	}
	return New(c.Triage, c.Vocabulary)
}

func TestSuspect(t *testing.T) {
	x, rules := starter(t), withoutSigns(t)
	for text, want := range map[string]string{
		"my husband keeps rubbing the middle of his front and has gone the colour of putty": "em-he", // the heart's card or em-help
		"dad pours his tea onto the table next to the cup and laughs out of half a mouth":   "em-stroke",
		"the passwords are in the blue envelope, please be gentle when you tell mum":        "em-suicide",
	} {
		if v := rules.Match(text); len(v.Urgent) > 0 {
			t.Errorf("%q: the rules know it: %v", text, ids(v.Urgent))
		}
		v := x.Match(text)
		if !v.Suspected || len(v.Urgent) != 1 || !strings.HasPrefix(v.Urgent[0].ID, want) {
			t.Errorf("%q: %v, suspected %v; want %s", text, ids(v.Urgent), v.Suspected, want)
		}
	}
	if v := x.Match("which moisturiser goes best under sunscreen"); len(v.Urgent) > 0 {
		t.Errorf("a question about moisturiser: %v", ids(v.Urgent))
	}
}

// In other languages the model knows few words, and is not heard.
func TestOtherLanguagesAreNotJudged(t *testing.T) {
	for _, text := range []string{
		"wie lange dauert es bis die salbe wirkt und was kostet sie in der apotheke",
		"je ne peux pas respirer et ma gorge gonfle depuis la piqure",
		"la mia pelle brucia quando metto la crema, quanto tempo ci vuole",
	} {
		if v := classify.Fitted().Judge(Tokens(text)); v.Known >= leastKnown {
			t.Errorf("%q: it knows %.2f of the words", text, v.Known)
		}
	}
}

// A crisis is never doubted, nor is any rule if the model has not read all.
func TestNeverDoubted(t *testing.T) {
	x := starter(t)
	m := x.read("there are five words here")
	defer x.forget(m)
	nothing := opinion{matcher: x, message: m, verdict: &classify.Verdict{Known: 1, Whole: true}}
	part := opinion{matcher: x, message: m, verdict: &classify.Verdict{Known: 1}}
	for sign, r := range x.signs {
		crisis := slices.Contains(knowledge.Signs[knowledge.Crisis], sign)
		if nothing.doubts(r) == crisis || part.doubts(r) {
			t.Errorf("%s: doubted %v, of a part %v", sign, nothing.doubts(r), part.doubts(r))
		}
	}
	calm := strings.Repeat("my skin is fine and the cream works well. ", 30)
	if v := x.Match(calm + "since this morning he has crushing chest pain and is sweating"); len(v.Urgent) == 0 {
		t.Errorf("an emergency behind much else is none: %v", ids(v.Lines))
	}
}

// What a rule finds, and the model is nearly sure is nothing, gets the line
// that says when it is an emergency.
func TestDoubt(t *testing.T) {
	x, rules := starter(t), withoutSigns(t)
	for text, want := range map[string]string{
		"fainting goats are real look it up. ok what's a patch test":                "em-collapse",
		"seizure of my cream at airport security lol RIP 200ml doublebase":          "em-collapse",
		"this humidity is suffocating my skin, thick ointment or light lotion then": "em-breathing",
	} {
		if v := rules.Match(text); !strings.Contains(strings.Join(ids(v.Urgent), " "), want) {
			t.Errorf("%q: the rules find %v, want %s", text, ids(v.Urgent), want)
		}
		if v := x.Match(text); len(v.Urgent) > 0 || !strings.Contains(strings.Join(ids(v.Lines), " "), want) {
			t.Errorf("%q: urgent %v, lines %v; want the line of %s", text, ids(v.Urgent), ids(v.Lines), want)
		}
	}
	// what is not doubted: a rule that is sure, a crisis, and few words
	for _, text := range []string{"please what number do i ring for an ambulance", "he has been self harming again", "is having a stroke"} {
		if v := x.Match(text); len(v.Urgent) == 0 {
			t.Errorf("%q is no emergency: lines %v", text, ids(v.Lines))
		}
	}
}
