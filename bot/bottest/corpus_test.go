package bottest

import (
	"log/slog"
	"testing"

	"handout/bot"
)

func TestQuestionsSurelyLeadToTheirSnippets(t *testing.T) {
	b := Bot(t, slog.New(slog.DiscardHandler))
	for question, id := range map[string]string{PlainQuestion: Plain, LongQuestion: Long, HostileQuery: Hostile} {
		r := b.Respond(t.Context(), bot.Message{Text: question})
		if r.Outcome != bot.Answered || r.Snippet != id {
			t.Errorf("%q: %s %q, confidence %.2f", question, r.Outcome, r.Snippet, r.Confidence)
		}
	}
	if r := b.Respond(t.Context(), bot.Message{Text: ChoiceQuestion}); r.Outcome != bot.Choose {
		t.Errorf("%q: %s", ChoiceQuestion, r.Outcome)
	}
	if r := b.Respond(t.Context(), bot.Message{Text: EmergencyText}); r.Outcome != bot.Urgent {
		t.Errorf("%q: %s", EmergencyText, r.Outcome)
	}
}
