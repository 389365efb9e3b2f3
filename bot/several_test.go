package bot_test

import (
	"slices"
	"strings"
	"testing"

	"handout/bot"
)

// Each question of a message is answered by its own snippet, whole; what
// nothing fits is named; and there is one footer, at the end.
func TestTwoQuestions(t *testing.T) {
	for _, c := range []struct {
		text     string
		snippets []string
		open     string
	}{
		{"can I drink on rinvoq and does it cause acne?", []string{"jak-alcohol", "jak-acne"}, ""},
		{"is eczema contagious? how do wet wraps work?", []string{"ecz-contagious", "ecz-wet-wraps"}, ""},
		{"can I drink on rinvoq and how do I change a car tyre", []string{"jak-alcohol"}, "how do I change a car tyre"},
		{"my hands are raw from cleaning, what helps, and what is a biologic", []string{"ecz-hand-work", "ecz-biologics"}, ""},
		{"Can you have the covid jab on a JAK, and do you have to stop it before a hernia repair?", []string{"jak-vaccines", "jak-surgery"}, ""},
		{"what is a JAK? what is eczema? and what about children?", []string{"jak-basics", "ecz-what", "ecz-children"}, ""},
		{"can I drink on rinvoq? is alcohol ok with rinvoq?", []string{"jak-alcohol"}, ""},
		{"What is a JAK inhibitor?", []string{"jak-basics"}, ""},
	} {
		handout := newBot(t)
		r := handout.Respond(t.Context(), bot.Message{Text: c.text})
		if got := append([]string{r.Snippet}, r.Also...); r.Outcome != bot.Answered || !slices.Equal(got, c.snippets) {
			t.Errorf("%q: %s %v, want %v", c.text, r.Outcome, got, c.snippets)
		}
		sections := r.Sections()
		for _, id := range c.snippets {
			if !slices.ContainsFunc(sections, func(s bot.Section) bool { return s.Kind == bot.Passage && s.Snippet.ID == id }) {
				t.Errorf("%q: the reply does not hold the whole of %s", c.text, id)
			}
		}
		if named := strings.Contains(r.Text(), "this part of your message:\n\n"+c.open); named != (c.open != "") {
			t.Errorf("%q: an open part is named: %t", c.text, named)
		}
		if last := sections[len(sections)-1]; last.Kind != bot.Footer {
			t.Errorf("%q: the last section is %v", c.text, last.Kind)
		}
	}
}

// A part that points back at what the corpus says nothing about is open too.
func TestPartOnSomethingElse(t *testing.T) {
	r := newBot(t).Respond(t.Context(), bot.Message{Text: "How do they freeze off a wart, and will it scar?"})
	if r.Outcome != bot.NoMatch {
		t.Errorf("%s %s, want %s", r.Outcome, r.Snippet, bot.NoMatch)
	}
}

// What a message asks besides a question that is declined is answered, or named.
func TestDeclinedWithAnother(t *testing.T) {
	r := newBot(t).Respond(t.Context(), bot.Message{Text: "should I stop my rinvoq, and is eczema contagious? how do I change a car tyre?"})
	if got := append([]string{r.Snippet}, r.Also...); r.Outcome != bot.Declined || !slices.Equal(got, []string{"jak-stopping", "ecz-contagious"}) {
		t.Errorf("%s %v", r.Outcome, got)
	}
	if !strings.Contains(r.Text(), "this part of your message:\n\nhow do I change a car tyre?") {
		t.Error("the open part is not named")
	}
}
