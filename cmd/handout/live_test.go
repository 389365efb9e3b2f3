package main

import (
	"log/slog"
	"strings"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
	"handout/knowledge/gaps"
)

func TestWhoIsNotForgottenIsTold(t *testing.T) {
	discard := slog.New(slog.DiscardHandler)
	messages := bottest.Corpus(t).Messages
	for _, tc := range []struct {
		name string
		full bool
		off  bool
		say  string
		want string
	}{
		{"room", false, false, "/forget", messages.Forgotten},
		{"full", true, false, "/forget", messages.NotGone},
		{"nothing to delete from the queue", true, false, "/region none", messages.Region},
		{"full, nothing is kept", true, true, "/forget", messages.Forgotten},
	} {
		queue := gaps.New(discard, bottest.Now, nil, gaps.Config{Off: tc.off}) // which nobody empties
		for tc.full && !tc.off && queue.Note(bot.Message{}, bot.Reply{}) {
		}
		r := noting{bottest.NewLive(t), queue}.Respond(t.Context(), bot.Message{Text: tc.say, Asker: "ann"})
		if !strings.Contains(r.Text(), tc.want) {
			t.Errorf("%s:\n%s", tc.name, r.Text())
		}
	}
}
