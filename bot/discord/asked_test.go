package discord

import (
	"context"
	"strings"
	"testing"

	"handout/bot"
)

func TestAVoteBelowAQuestionNamesIt(t *testing.T) {
	a := &Adapter{}
	a.self.id.Store(fakeUser)
	person := user{ID: "900000000000000077"}
	for name, tc := range map[string]struct {
		message *message
		want    string
	}{
		"answer to a message": {&message{Replied: &message{Author: person, Content: "<@" + fakeUser + "> why owls"}}, "why owls"},
		"answer to a command": {&message{}, ""},
		"answer to a bot":     {&message{Replied: &message{Author: user{ID: fakeUser, Bot: true}, Content: "x"}}, ""},
		"no message":          {nil, ""},
	} {
		if got := a.asked(tc.message); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

func TestAPressTellsWhatWasAskedAndByWhom(t *testing.T) {
	f := newFake(t)
	heard := make(chan bot.Message, 10)
	start(t, f, listening{quietBot(t), heard})
	who, other := f.person("ada"), f.person("bob")
	f.event(0, "INTERACTION_CREATE", map[string]any{
		"id": f.id(), "application_id": fakeApp, "type": 3, "token": "token-of-interaction-x", "channel_id": f.channel(place{"c", "", true}),
		"guild_id": fakeGuild, "context": 0, "member": map[string]any{"user": map[string]any{"id": other}},
		"data": map[string]any{"custom_id": "-s:owls-hearing", "component_type": 2},
		"message": map[string]any{"id": f.id(), "author": map[string]any{"id": fakeUser, "bot": true},
			"referenced_message": map[string]any{"content": "why owls", "author": map[string]any{"id": who}}},
	})
	f.event(0, "INTERACTION_CREATE", map[string]any{
		"id": f.id(), "application_id": fakeApp, "type": 2, "token": "token-of-interaction-y", "channel_id": f.channel(place{"c", "", true}),
		"guild_id": fakeGuild, "context": 0, "member": map[string]any{"user": map[string]any{"id": other}},
		"data": map[string]any{"name": findCommand, "type": 3, "target_id": "7", "resolved": map[string]any{
			"messages": map[string]any{"7": map[string]any{"content": "why owls", "author": map[string]any{"id": who}}}}},
	})
	for n := 0; n < 2; {
		m := <-heard
		if strings.HasPrefix(m.Text, "/") {
			continue // a command's options are looked up at the start
		}
		n++
		if m.Asked+m.Text != "why owls" || m.Asker != "discord:"+who {
			t.Errorf("heard %+v, want whose words they are", m)
		}
	}
}

// listening tells what it is asked.
type listening struct {
	*bot.Bot
	heard chan<- bot.Message
}

func (l listening) Respond(ctx context.Context, m bot.Message) bot.Reply {
	l.heard <- m
	return l.Bot.Respond(ctx, m)
}
