package discord

import (
	"strings"
	"testing"

	"handout/bot/bottest"
	"handout/bot/limit"
)

func TestAFloodIsToldOnceAndAnEmergencyInItIsAnswered(t *testing.T) {
	r := start(t, newFake(t), limit.New(bottest.Now, quietBot(t), limit.Rates{Person: 4}))
	messages := bottest.Corpus(t).Messages
	for _, want := range []string{"", "", messages.Limited} {
		r.Say(bottest.Say{Chat: "ada", Text: bottest.PlainQuestion})
		if p := r.next(); !strings.Contains(p.Text, want) {
			t.Errorf("instead of %q:\n%s", want, p.Text)
		}
	}
	r.Say(bottest.Say{Chat: "ada", Text: bottest.PlainQuestion})
	r.Say(bottest.Say{Chat: "ada", Text: bottest.EmergencyText})
	if p := r.next(); !strings.Contains(p.Text, "999") {
		t.Errorf("instead of the card:\n%s", p.Text)
	}
}

// A command must be answered, or Discord says that something has failed.
func TestAFloodOfCommandsIsSeenByNobodyElse(t *testing.T) {
	r := start(t, newFake(t), limit.New(bottest.Now, quietBot(t), limit.Rates{Person: 2}))
	for n := range 4 {
		r.command(place{chat: "ada"}, "ada", askCommand, askOption, bottest.PlainQuestion)
		if p := r.next(); p.Ephemeral != (n > 1) {
			t.Errorf("answer %d: ephemeral %t\n%s", n, p.Ephemeral, p.Text)
		}
	}
}

// A flood of typing gets empty lists, and no message.
func TestAFloodOfTyping(t *testing.T) {
	for name, rates := range map[string]limit.Rates{"person": {Person: 1}, "server": {Server: 1}} {
		r := start(t, newFake(t), limit.New(bottest.Now, quietBot(t), rates))
		got := 0
		for range 20 {
			if len(r.Suggest("how do ow")) > 0 {
				got++
			}
		}
		if got == 0 || got == 20 {
			t.Errorf("%s: %d of 20 have suggestions", name, got)
		}
		if list := r.Suggest(bottest.EmergencyText); len(list) != 1 || list[0].Title != bottest.EmergencyText {
			t.Errorf("%s: instead of what to ask: %+v", name, list)
		}
		if n := r.called("POST /channels"); n != 0 {
			t.Errorf("%s: %d messages", name, n)
		}
	}
}

func TestAnEmergencyBehindAFullQueueIsAnswered(t *testing.T) {
	release := make(chan struct{})
	r := start(t, newFake(t), slowButBusy{slowBot{quietBot(t), release}})
	r.eventually("commands are set", func() bool { return r.called("PUT /applications") == 1 })
	for range perLane {
		r.Say(bottest.Say{Chat: "ada", Text: bottest.PlainQuestion})
	}
	for range 3 {
		r.Say(bottest.Say{Chat: "ada", Text: bottest.EmergencyText})
		if p := r.next(); !strings.Contains(p.Text, "999") {
			t.Errorf("instead of the card:\n%s", p.Text)
		}
	}
	close(release)
	for range perLane {
		r.next()
	}
}
