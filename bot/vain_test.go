package bot_test

import (
	"log/slog"
	"slices"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
)

func TestWhatWasAskedInVain(t *testing.T) {
	b := newBot(t)
	up, down := bot.Option{Snippet: "jak-alcohol", Vote: bot.Up}, bot.Option{Snippet: "jak-alcohol", Vote: bot.Down}
	const unmet = "how do I repaint a garden shed"
	for _, tc := range []struct {
		name     string
		m        bot.Message
		want     string
		searched bool
	}{
		{"nothing fits", bot.Message{Text: " " + unmet + " "}, unmet, true},
		{"answered", bot.Message{Text: "can i drink alcohol on rinvoq"}, "", true},
		{"emergency", bot.Message{Text: "i want to kill myself"}, "", true},
		{"emergency that is denied", bot.Message{Text: unmet + ", and i dont want to kill myself"}, "", true},
		{"declined", bot.Message{Text: "how many mg of rinvoq should i take"}, "", true},
		{"command", bot.Message{Text: "/help"}, "", false},
		{"region that is not known", bot.Message{Text: "/region atlantis"}, "", false},
		{"no word", bot.Message{Text: "?!"}, "", false},
		{"greeting", bot.Message{Text: "hello there"}, "", false},
		{"thanks", bot.Message{Text: "thanks a lot"}, "", false},
		{"gone", bot.Message{Snippet: "never-was"}, "", false},
		{"busy", bot.Message{Hold: bot.Crowded}, "", false},
		{"liked", bot.Message{Action: up.Action(), Asked: "can i drink"}, "", false},
		{"disliked", bot.Message{Action: down.Action(), Asked: "can i drink"}, "can i drink", false},
		{"disliked, nobody knows what", bot.Message{Action: down.Action()}, "", false},
		{"disliked emergency", bot.Message{Action: down.Action(), Asked: "i want to kill myself"}, "", false},
		{"disliked, was declined", bot.Message{Action: down.Action(), Asked: "how many mg of rinvoq should i take"}, "", false},
		{"disliked command", bot.Message{Action: down.Action(), Asked: "/help"}, "", false},
		{"dislike of nothing", bot.Message{Action: "-s:never-was", Asked: "can i drink"}, "", false},
	} {
		r := b.Respond(t.Context(), tc.m)
		if r.InVain != tc.want || r.Searched() != tc.searched {
			t.Errorf("%s: in vain %q, searched %t; want %q, %t (%s)", tc.name, r.InVain, r.Searched(), tc.want, tc.searched, r.Outcome)
		}
	}
}

func TestVotesAndWhatIsShown(t *testing.T) {
	b := bottest.Bot(t, slog.New(slog.DiscardHandler))
	answer := b.Respond(t.Context(), bot.Message{Text: bottest.PlainQuestion})
	if got := answer.Shown(); !slices.Equal(got, []string{bottest.Plain}) {
		t.Errorf("shown %q", got)
	}
	buttons := answer.Feedback()
	for _, o := range buttons[:2] {
		r := b.Respond(t.Context(), bot.Message{Action: o.Action()})
		if r.Voted.Vote != o.Vote || r.Voted.Snippet != bottest.Plain || r.Shown() != nil {
			t.Errorf("%s counts as %+v, shows %q", o.Label, r.Voted, r.Shown())
		}
	}
	if r := b.Respond(t.Context(), bot.Message{Action: buttons[2].Action()}); r.Snippet != bottest.Plain || r.Shown() != nil || r.Voted.Vote != "" {
		t.Errorf("looking at the sources counts: %+v, %q", r.Voted, r.Shown())
	}
	if r := b.Respond(t.Context(), bot.Message{Action: "-s:never-was"}); r.Voted.Vote != "" {
		t.Errorf("a vote for nothing counts: %+v", r.Voted)
	}
}
