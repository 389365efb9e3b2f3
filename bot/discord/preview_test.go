package discord

import (
	"log/slog"
	"strings"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
)

func TestPreviewIsWhatIsPosted(t *testing.T) {
	b := bottest.Bot(t, slog.New(slog.DiscardHandler))
	reply := b.Respond(t.Context(), bot.Message{Snippet: bottest.Long})
	list := Preview(reply)
	pages := embeds(reply, false)
	if len(list) != len(pages) || len(list) < 2 {
		t.Fatalf("%d pieces for %d messages", len(list), len(pages))
	}
	if first := pages[0].embeds[0]; first.Title == "" || !strings.HasPrefix(list[0], first.Title+"\n\n") || !strings.HasSuffix(list[0], first.Description) {
		t.Errorf("the first piece begins %.80q", list[0])
	}
	if last := list[len(list)-1]; last != pages[len(pages)-1].embeds[0].Description {
		t.Errorf("the last piece reads %q", last)
	}
}
