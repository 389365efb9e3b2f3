package bot_test

import (
	"strings"
	"testing"

	"handout/bot"
)

// TestEverydayQuestionsGetNoEmergencyText: what shares a word with a sign gets
// another text, a choice, or an honest no.
func TestEverydayQuestionsGetNoEmergencyText(t *testing.T) {
	b := newBot(t)
	for _, text := range []string{
		"can my dog give me eczema by licking me", "can my dog lick my eczema", "can the dog lick my arm if I've steroid cream on it",
		"can i wear contact lenses with eczema near my eyes", "so what curtains are good for someone with eczema",
		"what is the best room temperature for eczema", "is poison ivy the same as eczema", "what is a midlife crisis",
		"does screen time make eczema round the eyes worse", "do glasses make eczema on the nose worse",
	} {
		if r := ask(t, b, text); r.Outcome == bot.Urgent || strings.HasPrefix(r.Snippet, "em-") {
			t.Errorf("%q: %s %s", text, r.Outcome, r.Snippet)
		}
	}
	for text, want := range map[string]string{
		"when should i call an ambulance for an allergic reaction": "em-anaphylaxis",
		"how do you recognise a clot in a leg":                     "em-clot",
		"what does a stroke look like":                             "em-stroke",
	} {
		if r := ask(t, b, text); r.Snippet != want {
			t.Errorf("%q: %s %s, want %s", text, r.Outcome, r.Snippet, want)
		}
	}
}

func TestClottedCreamIsFood(t *testing.T) {
	b := newBot(t)
	for _, text := range []string{"how do i make clotted cream", "can i make clotted cream at home", "how do you clot cream", "is clotted cream safe for me"} {
		if r := ask(t, b, text); r.Outcome != bot.NoMatch {
			t.Errorf("%q: %s %s", text, r.Outcome, r.Snippet)
		}
	}
	if r := ask(t, b, "i had a clot, can i use opzelura cream"); r.Outcome != bot.Declined {
		t.Errorf("a clot: %s %s", r.Outcome, r.Snippet)
	}
}
