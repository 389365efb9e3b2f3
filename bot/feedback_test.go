package bot_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
	"handout/knowledge"
)

func TestFeedbackIsLoggedWithoutThePerson(t *testing.T) {
	var log bytes.Buffer
	b := bottest.Bot(t, slog.New(slog.NewTextHandler(&log, nil)))
	answer := b.Respond(t.Context(), bot.Message{Text: bottest.PlainQuestion})
	buttons := answer.Feedback()
	if len(buttons) != 3 {
		t.Fatalf("%d feedback buttons, want two votes and the sources", len(buttons))
	}
	for _, o := range buttons[:2] {
		log.Reset()
		r := b.Respond(t.Context(), bot.Message{Action: o.Action()})
		want := "snippet=" + bottest.Plain + " vote=" + string(o.Vote)
		if r.Outcome != bot.Answered || r.Feedback() != nil || !strings.Contains(log.String(), want) {
			t.Errorf("%s: %s\nlog: %s\nwant: %s", o.Action(), r.Outcome, log.String(), want)
		}
	}
	log.Reset()
	if r := b.Respond(t.Context(), bot.Message{Action: "+s:no-such"}); r.Outcome != bot.NoMatch || strings.Contains(log.String(), "vote=") {
		t.Errorf("a vote for nothing: %s, log %s", r.Outcome, log.String())
	}
}

func TestFeedbackIsOnlyAskedForAPassage(t *testing.T) {
	b := bottest.Bot(t, slog.New(slog.DiscardHandler))
	for _, text := range []string{"/start", bottest.EmergencyText, "qwrtz plmk"} {
		if got := b.Respond(t.Context(), bot.Message{Text: text}).Feedback(); got != nil {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestActionsFitEveryPlatform(t *testing.T) {
	for _, id := range []string{"a", strings.Repeat("b", 53), strings.Repeat("c", 54), strings.Repeat("d", 200)} {
		for _, o := range []bot.Option{{Snippet: id}, {Snippet: id, Vote: bot.Up}, {Snippet: id, Vote: bot.Down}} {
			if n := len(o.Action()); n > 56 {
				t.Errorf("action of %d bytes for an id of %d", n, len(id))
			}
		}
	}
}

func TestBusyIsSaidInFixedWords(t *testing.T) {
	b := bottest.Bot(t, slog.New(slog.DiscardHandler))
	r := b.Respond(t.Context(), bot.Message{Hold: bot.Crowded})
	if !strings.Contains(r.Text(), bottest.Corpus(t).Messages.Busy) {
		t.Errorf("busy: %s", r.Text())
	}
}

func TestAVoteTellsWhatWasShown(t *testing.T) {
	long := strings.Repeat("d", 80)
	c := &knowledge.Corpus{Snippets: []*knowledge.Snippet{{ID: "a"}, {ID: long}}}
	gone := bot.Option{Snippet: strings.Repeat("e", 80), Vote: bot.Up}
	for action, want := range map[string]string{
		bot.Option{Snippet: "a", Vote: bot.Up}.Action():   "a",
		bot.Option{Snippet: "a", Vote: bot.Down}.Action(): "a",
		bot.Option{Snippet: long, Vote: bot.Up}.Action():  long,
		gone.Action():                     "",
		bot.Option{Snippet: "a"}.Action(): "",
		"":                                "",
		"+":                               "",
		"+c:/help":                        "",
	} {
		if got := bot.VotedOn(c, action); got != want {
			t.Errorf("%q: %q, want %q", action, got, want)
		}
	}
}
