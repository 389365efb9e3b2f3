package discord

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
	"handout/knowledge"
)

func TestLabelsAreCutInTheUnitOfTheLimit(t *testing.T) {
	owls := strings.Repeat("🦉", 60)
	for _, tc := range []struct {
		text  string
		limit int
		want  string
	}{
		{"short", 80, "short"},
		{strings.Repeat("a", 80), 80, strings.Repeat("a", 80)},
		{strings.Repeat("a", 81), 80, strings.Repeat("a", 79) + "…"},
		{owls, 80, strings.Repeat("🦉", 39) + "…"},
		{owls[:40*4], 80, owls[:40*4]},
		{"word " + owls, 6, "word…"},
	} {
		if got := shorten(tc.text, tc.limit); got != tc.want || (markdown{}).Len(got) > tc.limit {
			t.Errorf("%q at %d: %q", tc.text, tc.limit, got)
		}
	}
}

// owlish suggests what only just fits, and what does not.
type owlish struct{ *bot.Bot }

func (owlish) Suggest(context.Context, bot.Message, int) []bot.Option {
	owls := strings.Repeat("🦉", 60)
	return []bot.Option{
		{Label: owls, Snippet: bottest.Plain},
		{Label: "too long to send", Question: owls},
		{Label: "fits", Question: owls[:50*4]},
		{Label: "", Snippet: bottest.Plain},
	}
}

func TestSuggestionsKeepToTheLimits(t *testing.T) {
	f := start(t, newFake(t), owlish{quietBot(t)})
	list := f.Suggest("owls") // the fake looks at lengths
	if len(list) != 2 || list[1].Title != "fits" {
		t.Errorf("suggestions %v", list)
	}
}

// On a phone an answer is read from top to bottom: the title, the text, the
// footer, and then what can be pressed.
func TestEveryAnswerOfTheStarterCorpusKeepsToTheLimits(t *testing.T) {
	core, f := starterBot(t), newFake(t)
	c, err := knowledge.Open("")
	if err != nil {
		t.Fatal(err)
	}
	ask := []bot.Message{{Text: "/start"}, {Text: "/help"}, {Text: "/topics"}, {Text: "/region"}, {Text: "/sources"}, {Text: "/privacy"}, {Text: bottest.EmergencyText}}
	for _, s := range c.Snippets {
		ask = append(ask, bot.Message{Snippet: s.ID})
	}
	for _, m := range ask {
		r := core.Respond(t.Context(), m)
		for _, p := range append(embeds(r, true), texts(r, true)...) {
			if err := f.allowed(asSent(t, p)); err != nil {
				t.Errorf("%+v: %v", m, err)
			}
		}
	}
}

// asSent is a page as Discord gets it.
func asSent(t *testing.T, p page) map[string]any {
	data, err := json.Marshal(p.response(true).Data)
	if err != nil {
		t.Fatal(err)
	}
	return object(t, data)
}
