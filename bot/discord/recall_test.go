package discord

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"handout/bot/bottest"
)

func TestAnswersThatWereTakenBackAreChanged(t *testing.T) {
	live := bottest.NewLive(t)
	r := start(t, newFake(t), live)
	r.Say(bottest.Say{Chat: "ada", Text: bottest.LongQuestion})
	pages := 0
	for more := true; more; pages++ {
		more = len(r.next().Buttons) == 0
	}
	r.Say(bottest.Say{Chat: "ada", Text: "/help"})
	r.next() // what was sent before is remembered by now
	live.Withdraw(bottest.Long)
	r.adapter.Recall(t.Context(), live.Serves)
	for page := range pages {
		w := <-r.rewritten
		text := str(dig(list(w["embeds"])[0], "description"))
		if !strings.Contains(text, "taken back") || page < pages-1 && len(list(w["components"])) > 0 {
			t.Errorf("page %d of %d: %v", page, pages, w)
		}
	}
	r.adapter.Recall(t.Context(), live.Serves)
	if n := len(r.rewritten); n > 0 {
		t.Errorf("%d changed again", n)
	}
}

// What only the asker sees can be changed for as long as the interaction's token
// holds, and no longer.
func TestAnswersToCommandsAreChangedWhileTheTokenHolds(t *testing.T) {
	live := bottest.NewLive(t)
	r := start(t, newFake(t), live)
	here := place{chat: "club", guild: true}
	ask := func() (pages int) {
		r.command(here, "ada", askCommand, askOption, bottest.LongQuestion)
		for more := true; more; pages++ {
			more = len(r.next().Buttons) == 0
		}
		r.command(here, "ada", "help")
		r.next()
		return pages
	}
	pages := ask()
	live.Withdraw(bottest.Long)
	r.adapter.Recall(t.Context(), live.Serves)
	for page := range pages {
		if p := r.next(); !p.Edited || !p.Ephemeral || !strings.Contains(p.Text, "taken back") {
			t.Errorf("page %d of %d, edited %t, ephemeral %t:\n%s", page, pages, p.Edited, p.Ephemeral, p.Text)
		}
	}
	live.Withdraw()
	ask()
	for _, s := range r.adapter.recent.Take(func(string) bool { return false }) {
		s.Place.until = time.Now().Add(-time.Second)
		r.adapter.recent.Add(s)
	}
	before := r.called("PATCH /webhooks")
	live.Withdraw(bottest.Long)
	r.adapter.Recall(t.Context(), live.Serves)
	if after := r.called("PATCH /webhooks"); after != before {
		t.Errorf("%d tries without a token", after-before)
	}
}

func TestWhatIsWithdrawnComesUpNowhere(t *testing.T) {
	live := bottest.NewLive(t)
	r := start(t, newFake(t), live)
	c, here := bottest.Corpus(t), place{chat: "club", guild: true}
	r.command(here, "ada", askCommand, askOption, bottest.PlainQuestion)
	answer := r.next()
	suggested := r.Suggest("owls")
	live.Withdraw(bottest.Plain, bottest.Long)
	for _, s := range r.Suggest("owls") {
		if s.Title == c.Snippet(bottest.Plain).Title {
			t.Error("it is suggested")
		}
	}
	pressed := 0
	for _, b := range answer.Buttons {
		if !strings.Contains(b.Data, bottest.Plain) && !strings.Contains(b.Data, bottest.Long) || isVote(b.Data) {
			continue
		}
		pressed++
		r.press(here, "ada", b.Data)
		if p := r.next(); !p.Ephemeral || !strings.Contains(p.Text, c.Messages.Expired) {
			t.Errorf("%s, ephemeral %t:\n%s", b.Label, p.Ephemeral, p.Text)
		}
	}
	if pressed < 3 { // share, sources, the related title
		t.Errorf("%d buttons pressed of %v", pressed, answer.Buttons)
	}
	for _, s := range suggested { // chosen from what was offered before
		if s.Title == c.Snippet(bottest.Plain).Title {
			r.command(here, "ada", askCommand, askOption, s.Data.(string))
			if p := r.next(); !strings.Contains(p.Text, c.Messages.Expired) {
				t.Errorf("an old suggestion shows:\n%s", p.Text)
			}
			return
		}
	}
	t.Errorf("not suggested while it was served: %v", suggested)
}

func isVote(data string) bool { return strings.HasPrefix(data, "+") || strings.HasPrefix(data, "-") }

func TestWhoIsNotForgottenIsTold(t *testing.T) {
	kept := &bottest.Kept{}
	r := start(t, newFake(t), nil, func(a *Adapter) {
		a.regions = bottest.Regions(t, slog.New(slog.DiscardHandler), kept)
	})
	messages := bottest.Corpus(t).Messages
	r.command(channel, "ada", "region", "country", "GB")
	r.next()
	for _, tc := range []struct {
		broken bool
		want   string
	}{{true, messages.NotGone}, {false, messages.Forgotten}} {
		kept.Broken.Store(tc.broken)
		r.command(channel, "ada", "forget")
		if p := r.next(); !p.Ephemeral || !strings.Contains(p.Text, tc.want) {
			t.Errorf("broken %v, ephemeral %v:\n%s", tc.broken, p.Ephemeral, p.Text)
		}
		r.Say(bottest.Say{Chat: "ada", Text: "/forget"})
		if p := r.next(); !strings.Contains(p.Text, tc.want) {
			t.Errorf("broken %v:\n%s", tc.broken, p.Text)
		}
	}
}
