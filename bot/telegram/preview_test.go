package telegram

import (
	"log/slog"
	"strings"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
)

func TestPreviewEscapesAsTelegramWantsIt(t *testing.T) {
	c, b := bottest.Corpus(t), bottest.Bot(t, slog.New(slog.DiscardHandler))
	for _, s := range c.Snippets {
		whole := ""
		for _, part := range Preview(b.Respond(t.Context(), bot.Message{Snippet: s.ID})) {
			plain, err := readHTML(part)
			if err != nil || units(plain) > longest {
				t.Errorf("%s: %d units, %v", s.ID, units(plain), err)
			}
			whole += plain
		}
		if !strings.Contains(whole, s.Title) || !strings.Contains(whole, c.Messages.Footer) {
			t.Errorf("%s reads %q", s.ID, whole)
		}
	}
}
