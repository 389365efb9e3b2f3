package bot_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"handout/bot"
	"handout/bot/bottest"
	"handout/index"
	"handout/knowledge"
)

// record is of the snippet that it names.
type record struct {
	id        string
	withdrawn bool
	edition   bot.Edition
}

func (r record) Withdrawn(s *knowledge.Snippet) bool { return s.ID == r.id && r.withdrawn }

func (r record) Edition(s *knowledge.Snippet) bot.Edition {
	if s.ID != r.id {
		return bot.Edition{}
	}
	return r.edition
}

func paired(t *testing.T, id, with string) *bot.Bot {
	t.Helper()
	c := bottest.Corpus(t)
	c.Snippet(id).With = []string{with}
	x, err := index.Build(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return bot.New(slog.New(slog.DiscardHandler), bottest.Now, c, x)
}

func TestSourcesShowWhoApprovedWhichText(t *testing.T) {
	edition := bot.Edition{Revision: 7, Hash: "abc123", Author: "Ada", Approver: "Grace", Published: time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)}
	b := bottest.Bot(t, slog.New(slog.DiscardHandler)).Under(record{id: bottest.Plain, edition: edition})
	answer := b.Respond(t.Context(), bot.Message{Text: bottest.PlainQuestion})
	if answer.Revision != 7 {
		t.Errorf("revision %d", answer.Revision)
	}
	buttons := answer.Feedback()
	r := b.Respond(t.Context(), bot.Message{Action: buttons[len(buttons)-1].Action()})
	for _, want := range []string{bottest.Corpus(t).Snippet(bottest.Plain).Body, "Version 7, sent since 4 Mar 2026. Approved by Grace.", "abc123"} {
		if !strings.Contains(r.Text(), want) {
			t.Errorf("no %q in:\n%s", want, r.Text())
		}
	}
}

func TestWithdrawnIsNotSentOnAnyWay(t *testing.T) {
	whole := bottest.Bot(t, slog.New(slog.DiscardHandler))
	b := whole.Under(record{id: bottest.Plain, withdrawn: true})
	body := bottest.Corpus(t).Snippet(bottest.Plain).Body
	for _, m := range []bot.Message{{Text: bottest.PlainQuestion}, {Snippet: bottest.Plain}, {Action: "s:" + bottest.Plain}, {Action: "?s:" + bottest.Plain}} {
		if text := b.Respond(t.Context(), m).Text(); strings.Contains(text, body) {
			t.Errorf("%+v: %s", m, text)
		}
		if text := whole.Respond(t.Context(), m).Text(); !strings.Contains(text, body) {
			t.Errorf("not withdrawn, %+v: %s", m, text)
		}
	}
}

func TestWhatMustBeAccompaniedIsNotSentAlone(t *testing.T) {
	b := paired(t, bottest.Plain, bottest.Hostile)
	alone := b.Under(record{id: bottest.Hostile, withdrawn: true})
	for want, b := range map[bool]*bot.Bot{true: b, false: alone} {
		r := b.Respond(t.Context(), bot.Message{Text: bottest.PlainQuestion})
		if got := r.Snippet == bottest.Plain; got != want {
			t.Errorf("sent %v, want %v:\n%s", got, want, r.Text())
		}
	}
}
