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

// typed is a step of typing; it returns how many suggestions there are.
func (f *flood) typed(o bot.Origin, text string) int {
	return len(f.Suggest(f.t.Context(), bot.Message{Text: text, Origin: o}, 5))
}

func TestSuggestionsAreLimited(t *testing.T) {
	const most = perMessage * 2 // at once, of 4 messages a minute
	for name, tc := range map[string]struct {
		rates Rates
		from  []bot.Origin // who types in turn
		then  bot.Origin   // who types after them
		want  int          // how many steps get suggestions
		other bool         // and does that one
	}{
		"a person":                          {Rates{Person: 4}, []bot.Origin{ann}, bob, most, true},
		"a person, in another chat":         {Rates{Person: 4}, []bot.Origin{ann}, bot.Origin{Person: "ann", Chat: "yard"}, most, false},
		"a server":                          {Rates{Server: 4}, []bot.Origin{ann, bob}, eve, most, false},
		"a server, and who is elsewhere":    {Rates{Server: 4}, []bot.Origin{ann, bob}, bot.Origin{Person: "eve"}, most, true},
		"one person does not fill a server": {Rates{Person: 4, Server: 8}, []bot.Origin{ann}, bob, most, true},
		"chats do not count":                {Rates{Chat: 1}, []bot.Origin{ann, bob}, eve, 5 * most, true},
		"without limits":                    {Rates{}, []bot.Origin{ann}, bob, 5 * most, true},
		"who is not known, as in a preview": {Rates{Person: 4, Server: 4}, []bot.Origin{{}}, bot.Origin{}, 5 * most, true},
		"no server, as in a direct message": {Rates{Server: 4}, []bot.Origin{{Person: "ann"}}, bob, 5 * most, true},
	} {
		f := newFlood(t, tc.rates)
		got := 0
		for n := range 5 * most {
			if f.typed(tc.from[n%len(tc.from)], "how do ow") > 0 {
				got++
			}
		}
		if other := f.typed(tc.then, "how do ow") > 0; got != tc.want || other != tc.other {
			t.Errorf("%s: %d steps have suggestions, want %d; the next one has %v, want %v", name, got, tc.want, other, tc.other)
		}
	}
}

func TestSuggestionsComeBackWhenItIsCalm(t *testing.T) {
	f := newFlood(t, Rates{Person: 4})
	for range 10 * perMessage {
		f.typed(ann, "how do ow")
	}
	f.now = f.now.Add(5 * time.Second) // room for three, but not calm
	if f.typed(ann, "how do ow") != 0 {
		t.Error("suggestions at once")
	}
	f.now = f.now.Add(15 * time.Second)
	if f.typed(ann, "how do ow") == 0 {
		t.Error("no suggestions when it is calm")
	}
}

// Who types a lot is still answered, and who is answered no more still sees what
// may be typed: what counts against the one does not against the other.
func TestTypingAndAskingAreCountedApart(t *testing.T) {
	f := newFlood(t, Rates{Person: 4, Chat: 4, Server: 4})
	for range 10 * perMessage {
		f.typed(ann, "how do ow")
	}
	f.expect(ann, "answered", "answered", "told", "silence")
	f.expect(eve, "told")
	if f.typed(bot.Origin{Person: "bob", Server: "barn"}, "how do ow") == 0 {
		t.Error("no suggestions")
	}
}

// The card of an emergency is offered to who types too much too, and without a
// search: the rules are enough.
func TestTypingAnEmergencyIsNeverSilenced(t *testing.T) {
	f := newFlood(t, Rates{Person: 1, Server: 1})
	for n := range 20 * perMessage {
		if over := n >= perMessage; over && f.typed(ann, "how do ow") > 0 {
			t.Fatalf("step %d: suggestions", n)
		}
		list := f.Suggest(t.Context(), bot.Message{Text: bottest.EmergencyText, Origin: ann}, 5)
		if len(list) != 1 || f.Preview(t.Context(), list[0], "").Outcome != bot.Urgent {
			t.Fatalf("step %d: %+v", n, list)
		}
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
