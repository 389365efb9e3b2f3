package discord

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"handout/bot/bottest"
	"handout/bot/deliver"
)

// brief is a wait by the clock of tests.
func brief(ctx context.Context, d time.Duration) error {
	return deliver.Sleep(ctx, min(d, time.Millisecond))
}

// setSleep gives an adapter another clock.
func (a *Adapter) setSleep(sleep func(context.Context, time.Duration) error) {
	a.sleep, a.api.sleep, a.api.messages.Sleep, a.api.answers.Sleep, a.api.acks.Sleep = sleep, sleep, sleep, sleep, sleep
}

const fakeGuild = "900000000000000003"

// Say implements [bottest.Platform].
func (f *fake) Say(s bottest.Say) { f.event(0, "MESSAGE_CREATE", f.message(s)) }

// message is what a person's words come as.
func (f *fake) message(s bottest.Say) map[string]any {
	m := map[string]any{
		"id": f.id(), "channel_id": f.channel(place{s.Chat, s.Topic, s.Group}), "type": 0, "content": s.Text, "timestamp": "2026-11-22T12:00:00Z",
		"author": map[string]any{"id": f.person("asker in " + s.Chat), "username": "ada-lovelace"}, "mentions": []any{}, "embeds": []any{}, "components": []any{},
		"channel_type": 1,
	}
	if s.Group {
		m["guild_id"], m["channel_type"] = fakeGuild, 0
	}
	if s.Topic != "" {
		m["channel_type"] = 11
	}
	if s.Mention {
		m["content"] = "<@" + fakeUser + "> " + s.Text
		m["mentions"] = []any{map[string]any{"id": fakeUser, "bot": true}}
	}
	if s.ReplyTo != nil {
		m["type"] = 19
		m["mentions"] = []any{map[string]any{"id": fakeUser, "bot": true}}
		m["referenced_message"] = f.own(s.ReplyTo.ID)
	}
	return m
}

// own is a message of the bot, as an event carries it.
func (f *fake) own(id string) map[string]any {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := maps.Clone(f.messages[id])
	m["author"] = map[string]any{"id": fakeUser, "bot": true}
	m["id"] = id
	return m
}

// interact sends an interaction of a person and returns its ticket.
func (f *fake) interact(p place, kind int, who string, data map[string]any) *fakeTicket {
	return f.interactAs(p, kind, who, data, nil)
}

// interactAs sends an interaction of which some parts are given.
func (f *fake) interactAs(p place, kind int, who string, data, more map[string]any) *fakeTicket {
	t := &fakeTicket{channel: f.channel(p), acked: make(chan struct{}), choices: make(chan []bottest.Suggestion, 1)}
	token := "token-of-interaction-" + f.id()
	f.mu.Lock()
	f.tickets[token] = t
	f.mu.Unlock()
	i := map[string]any{
		"id": f.id(), "application_id": fakeApp, "type": kind, "token": token, "version": 1, "channel_id": t.channel, "data": data, "context": 1,
		"app_permissions": f.rights, "locale": "en-GB", "entitlements": []any{}, "authorizing_integration_owners": map[string]any{}, "attachment_size_limit": 10 << 20,
	}
	person := map[string]any{"id": f.person(who), "username": "ada-lovelace"}
	if kind == 3 { // the message with the button
		i["message"] = map[string]any{"id": f.id(), "channel_id": t.channel, "type": 0, "content": "", "timestamp": "2026-11-22T12:00:00Z",
			"author": map[string]any{"id": fakeUser, "bot": true, "username": "handout"}, "mentions": []any{}, "embeds": []any{}, "components": []any{}}
	}
	if p.guild {
		i["guild_id"], i["context"], i["member"] = fakeGuild, 0, map[string]any{"user": person}
	} else {
		i["user"] = person
	}
	maps.Copy(i, more)
	flags, _ := dig(i, "message", "flags").(int)
	t.onOwn = flags&ephemeralFlag != 0
	f.event(0, "INTERACTION_CREATE", i)
	return t
}

// command uses a slash command with options given as name and value in turn.
func (f *fake) command(p place, who, name string, options ...string) *fakeTicket {
	var list []any
	for pair := range slices.Chunk(options, 2) {
		list = append(list, map[string]any{"name": pair[0], "type": 3, "value": pair[1]})
	}
	return f.interact(p, 2, who, map[string]any{"id": "1", "name": name, "type": 1, "options": list})
}

// press presses a button, or chooses a menu's line.
func (f *fake) press(p place, who, data string) *fakeTicket {
	custom, value, menu := strings.Cut(data, "\x00")
	d := map[string]any{"custom_id": custom, "component_type": 2}
	if menu {
		d["component_type"], d["values"] = 3, []string{value}
	}
	return f.interact(p, 3, who, d)
}

// Press implements [bottest.Platform].
func (f *fake) Press(p bottest.Posted, b bottest.Button) {
	f.mu.Lock()
	where := place{chat: p.Chat, topic: p.Topic}
	for _, known := range f.channels {
		if known.chat == p.Chat && known.topic == p.Topic {
			where = known
		}
	}
	f.mu.Unlock()
	f.await(f.press(where, "asker in "+p.Chat, b.Data).acked)
}

func (f *fake) await(done <-chan struct{}) {
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		f.t.Error("interaction is not acknowledged")
	}
}

// elsewhere is where suggestions are asked for.
var elsewhere = place{guild: true}

// Suggest implements [bottest.Platform].
func (f *fake) Suggest(text string) []bottest.Suggestion {
	t := f.interact(elsewhere, 4, "typist", map[string]any{"id": "1", "name": "ask", "type": 1,
		"options": []any{map[string]any{"name": "question", "type": 3, "value": text, "focused": true}}})
	select {
	case list := <-t.choices:
		return list
	case <-time.After(20 * time.Second):
		f.t.Error("no suggestions come")
		return nil
	}
}

// Pick implements [bottest.Platform].
func (f *fake) Pick(s bottest.Suggestion) {
	f.command(elsewhere, "typist", "ask", "question", s.Data.(string))
}

// Posted implements [bottest.Platform].
func (f *fake) Posted() <-chan bottest.Posted { return f.posted }

// Fail implements [bottest.Platform].
func (f *fake) Fail(fault bottest.Fault, times int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fault, f.faults = fault, times
}

// Failed implements [bottest.Platform].
func (f *fake) Failed() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.failed
}

// Undecodable implements [bottest.Platform].
func (f *fake) Undecodable() {
	f.event(0, "MESSAGE_CREATE", map[string]any{"id": 5, "content": []any{"new"}, "author": "someone"})
	f.event(0, "INTERACTION_CREATE", []any{"new"})
	f.gateway.each(func(c *fakeConn) { c.raw(`{"op":"new","d":`) })
}

// Disconnect implements [bottest.Platform].
func (f *fake) Disconnect() { f.gateway.cut() }

// Kill implements [bottest.Platform]. The suite does not use it here.
func (f *fake) Kill() { f.gateway.cut() }

// Redelivers implements [bottest.Platform].
func (f *fake) Redelivers() bool { return false }

// Secrets implements [bottest.Platform].
func (f *fake) Secrets() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	secrets := []string{f.token, "ada-lovelace", "token-of-interaction"}
	for id := range f.channels {
		secrets = append(secrets, id)
	}
	for _, id := range f.people {
		secrets = append(secrets, id)
	}
	return secrets
}
