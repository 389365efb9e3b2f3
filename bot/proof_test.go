package bot_test

import (
	"log/slog"
	"slices"
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

func TestTheNextBestIsNotSentForWhatIsWithdrawn(t *testing.T) {
	c, x := starter()
	now := func() time.Time { return c.Snippet("jak-alcohol").Review.Due.AddDate(0, 0, -1) }
	b := bot.New(slog.New(slog.DiscardHandler), now, c, x).Under(record{id: "jak-alcohol", withdrawn: true})
	for _, question := range []string{"can i drink on rinvoq", "does alcohol mix with upadacitinib", "prosecco and jak tablets"} {
		r := b.Respond(t.Context(), bot.Message{Text: question, Why: true})
		if r.Outcome != bot.NoMatch || r.Why.Reason != "expired" {
			t.Errorf("%s: %s %s, because of %s", question, r.Outcome, r.Snippet, r.Why.Reason)
		}
	}
	both := b.Respond(t.Context(), bot.Message{Text: "is eczema contagious, and can i drink on rinvoq?"})
	if got := both.Shown(); !slices.Equal(got, []string{"ecz-contagious"}) || !strings.Contains(both.Text(), "can i drink on rinvoq") {
		t.Errorf("shown: %v\n%s", got, both.Text())
	}
}

// everything withdraws the whole corpus.
type everything struct{ record }

func (everything) Withdrawn(*knowledge.Snippet) bool { return true }

func TestEmergenciesAreMetWhenEverythingIsWithdrawn(t *testing.T) {
	c, x := starter()
	now := func() time.Time { return c.Snippet("jak-alcohol").Review.Due.AddDate(0, 0, -1) }
	whole := bot.New(slog.New(slog.DiscardHandler), now, c, x)
	b, urgent := whole.Under(everything{}), 0
	for _, s := range c.Snippets {
		for _, text := range s.Wordings() {
			if r := whole.Respond(t.Context(), bot.Message{Text: text}); r.Outcome == bot.Urgent {
				urgent++
				if now := b.Respond(t.Context(), bot.Message{Text: text}); now.Outcome != bot.Urgent || now.Snippet != r.Snippet {
					t.Errorf("%q is %s %s", text, now.Outcome, now.Snippet)
				}
			}
		}
	}
	if urgent < 10 {
		t.Errorf("only %d emergencies were asked", urgent)
	}
	r := b.Respond(t.Context(), bot.Message{Text: "is eczema contagious"})
	if r.Outcome != bot.NoMatch || len(r.Options()) > 0 {
		t.Errorf("what leads nowhere is offered: %s %+v", r.Outcome, r.Options())
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
