package limit

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"handout/bot"
	"handout/bot/bottest"
)

// flood is a bot with limits and a clock that stands still until it is moved.
type flood struct {
	*Responder
	t   *testing.T
	now time.Time
}

func newFlood(t *testing.T, r Rates) *flood {
	f := &flood{t: t, now: bottest.Now()}
	f.Responder = New(func() time.Time { return f.now }, bottest.Bot(t, slog.New(slog.DiscardHandler)), r)
	return f
}

var (
	ann = bot.Origin{Person: "ann", Chat: "club", Server: "house"}
	bob = bot.Origin{Person: "bob", Chat: "club", Server: "house"}
	eve = bot.Origin{Person: "eve", Chat: "yard", Server: "house"}
)

func (f *flood) say(o bot.Origin, text string) bot.Reply {
	return f.Respond(f.t.Context(), bot.Message{Text: text, Origin: o})
}

// outcome says in a word what became of a question.
func (f *flood) outcome(o bot.Origin) string {
	r := f.say(o, bottest.PlainQuestion)
	switch {
	case r.Outcome == bot.Answered && !r.Silent && !r.TooMany():
		return "answered"
	case r.TooMany() && r.Silent:
		return "silence"
	case r.TooMany():
		return "told"
	}
	return fmt.Sprintf("%+v", r)
}

func (f *flood) expect(o bot.Origin, want ...string) {
	f.t.Helper()
	for i, w := range want {
		if got := f.outcome(o); got != w {
			f.t.Fatalf("message %d of %s: %s, want %s", i+1, o.Person, got, w)
		}
	}
}

func TestAPersonIsToldOnceAndAnsweredWhenItIsCalm(t *testing.T) {
	f := newFlood(t, Rates{Person: 8})
	f.expect(ann, "answered", "answered", "answered", "answered", "told", "silence", "silence")
	f.expect(bob, "answered")
	f.now = f.now.Add(8 * time.Second) // room for one, but not calm
	f.expect(ann, "silence")
	f.now = f.now.Add(15 * time.Second)
	f.expect(ann, "answered", "answered", "told")
	f.now = f.now.Add(time.Minute)
	f.expect(ann, "answered", "answered", "answered", "answered", "told", "silence")
}

func TestWhoNeverStopsIsNeverAnswered(t *testing.T) {
	f := newFlood(t, Rates{Person: 20})
	answers, told := 0, 0
	for range 600 {
		f.now = f.now.Add(time.Second)
		switch f.outcome(ann) {
		case "answered":
			answers++
		case "told":
			told++
		}
	}
	if answers > 20 || told != 1 {
		t.Errorf("%d answers, told %d times in ten minutes of one message a second", answers, told)
	}
	f.now = f.now.Add(15 * time.Second)
	f.expect(ann, "answered")
}

func TestAChatAndAServerAreLimited(t *testing.T) {
	f := newFlood(t, Rates{Chat: 4, Server: 6})
	f.expect(ann, "answered")
	f.expect(bob, "answered", "told")
	f.expect(ann, "silence")                     // the chat was told
	f.expect(eve, "answered", "told", "silence") // hers was not yet: the server is at its limit
}

func TestOnePersonDoesNotSilenceTheChat(t *testing.T) {
	f := newFlood(t, Rates{Person: 4, Chat: 10, Server: 10})
	f.expect(ann, "answered", "answered", "told")
	for range 50 {
		f.expect(ann, "silence")
	}
	f.expect(bob, "answered", "answered", "told")
}

func TestAnEmergencyIsNeverSilenced(t *testing.T) {
	f := newFlood(t, Rates{Person: 2, Chat: 2, Server: 2})
	for _, o := range []bot.Origin{ann, bob, eve} {
		for range 2 * mostLooks {
			f.outcome(o)
		}
		for n := range mostCards + 1 {
			r := f.say(o, bottest.EmergencyText)
			if r.Outcome != bot.Urgent || r.Silent != (n == mostCards) {
				t.Fatalf("%s: card %d: %s, silent %t", o.Person, n+1, r.Outcome, r.Silent)
			}
		}
	}
	if r := f.Respond(t.Context(), bot.Message{Text: bottest.EmergencyText, Origin: ann, Hold: bot.Crowded}); r.Outcome != bot.Urgent {
		t.Errorf("with a full queue: %s", r.Outcome)
	}
}

func TestWhatHasNoOriginHasNoLimit(t *testing.T) {
	f := newFlood(t, Rates{Person: 1, Chat: 1, Server: 1})
	for range 20 {
		f.expect(bot.Origin{}, "answered")
	}
	f = newFlood(t, Rates{})
	for range 20 {
		f.expect(ann, "answered")
	}
}

func TestAFloodIsNotSearched(t *testing.T) {
	f := newFlood(t, Rates{Person: 2})
	asked := 0
	f.Answers = holds{f.Answers, func(h bot.Hold) {
		if h != bot.Flooding {
			asked++
		}
	}}
	for range 200 {
		f.outcome(ann)
	}
	if asked != 1+mostLooks {
		t.Errorf("%d of 200 messages were searched with", asked)
	}
}

// The memory is bounded, and whoever is silenced stays so while others come and go.
func TestMemoryIsBounded(t *testing.T) {
	f := newFlood(t, Rates{Person: 8})
	f.expect(ann, "answered", "answered", "answered", "answered", "told")
	for n := range 3 * mostBuckets {
		f.now = f.now.Add(100 * time.Millisecond)
		f.judge(bot.Origin{Person: fmt.Sprint(n)})
		f.judge(ann)
	}
	if n := len(f.buckets); n > mostBuckets {
		t.Errorf("%d buckets", n)
	}
	f.expect(ann, "silence")
}

// holds tells under which hold each message is passed on.
type holds struct {
	Answers
	seen func(bot.Hold)
}

func (h holds) Respond(ctx context.Context, m bot.Message) bot.Reply {
	h.seen(m.Hold)
	return h.Answers.Respond(ctx, m)
}
