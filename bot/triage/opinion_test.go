package triage

import (
	"strings"
	"testing"

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
		"my husband keeps rubbing the middle of his front and has gone the colour of putty": "em-h", // the heart's card or the one for anything
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
	for _, text := range []string{
		"which moisturiser goes best under sunscreen",
		"wie lange dauert es bis die salbe wirkt und was kostet sie in der apotheke", // the model knows few of the words
	} {
		if v := x.Match(text); len(v.Urgent) > 0 || v.Suspected {
			t.Errorf("%q: %v", text, ids(v.Urgent))
		}
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
