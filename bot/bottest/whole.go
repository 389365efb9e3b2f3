package bottest

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"handout/bot"
	"handout/index"
	"handout/knowledge"
)

// nowhere is a search that finds nothing.
type nowhere struct{}

func (nowhere) Search(context.Context, index.Query) (index.Result, error) { return index.Result{}, nil }

// Whole renders every snippet of the starter corpus with what goes with it, and
// emergency cards, as a platform does: the messages' words without markup. It
// fails where a passage or a card, with its red flags, is cut or lost.
func Whole(t *testing.T, render func(bot.Reply) []string) {
	c, err := knowledge.Open("")
	if err != nil {
		t.Fatal(err)
	}
	b := bot.New(slog.New(slog.DiscardHandler), Now, c, nowhere{})
	for _, s := range c.Snippets {
		whole(t, s.ID, b.Respond(t.Context(), bot.Message{Snippet: s.ID}), 1+len(s.With), render)
	}
	for _, text := range []string{EmergencyText, "I want to die", "my toddler swallowed a whole tube of cream"} {
		whole(t, text, b.Respond(t.Context(), bot.Message{Text: text}), 1, render)
	}
}

func whole(t *testing.T, name string, r bot.Reply, least int, render func(bot.Reply) []string) {
	t.Helper()
	var messages []string
	for _, m := range render(r) {
		messages = append(messages, words(m))
	}
	n := 0
	for _, s := range r.Sections() {
		if s.Kind != bot.Passage && s.Kind != bot.Alarm {
			continue
		}
		n++
		s.Provenance, s.Options = nil, nil
		text, found := words(s.Text()), false
		for _, m := range messages {
			found = found || strings.Contains(m, text)
		}
		if !found {
			t.Errorf("%s: %q is cut or lost in %d messages", name, s.Title, len(messages))
		}
	}
	if n < least {
		t.Errorf("%s: %d passages, want %d", name, n, least)
	}
}

func words(text string) string { return " " + strings.Join(knowledge.Words(text), " ") + " " }
