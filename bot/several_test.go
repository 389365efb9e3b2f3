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
