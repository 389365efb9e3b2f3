package discord

import (
	"context"
	"strings"
	"testing"
	"time"

	"handout/bot/desk"
	"handout/knowledge/editorial"
)

// script is a desk that says what a test wants.
type script struct {
	steps chan step
	do    func(context.Context, editorial.Person, desk.Input) desk.View
}

type step struct {
	who editorial.Person
	in  desk.Input
}

func (s *script) Do(ctx context.Context, p editorial.Person, in desk.Input) desk.View {
	v := s.do(ctx, p, in)
	s.steps <- step{p, in}
	return v
}

func (*script) Card(context.Context, editorial.Announcement) desk.View { return desk.View{} }

// showing is a desk that always shows one view.
func showing(v desk.View) *script {
	return doing(func(context.Context, editorial.Person, desk.Input) desk.View { return v })
}

func doing(do func(context.Context, editorial.Person, desk.Input) desk.View) *script {
	return &script{make(chan step, 100), do}
}

// next waits for a step that was done.
func (s *script) next(t *testing.T) step {
	t.Helper()
	select {
	case done := <-s.steps:
		return done
	case <-time.After(20 * time.Second):
		t.Fatal("the desk is asked nothing")
		return step{}
	}
}

const (
	editorRole   = "900000000000000011"
	reviewerRole = "900000000000000012"
	manageServer = "32"
)

// atDesk runs an adapter with a desk in the fake's server.
func atDesk(t *testing.T, f *fake, d desk.Desk, settings ...func(*Adapter)) *running {
	t.Helper()
	c := Config{Desk: d, DeskGuilds: []string{fakeGuild}, EditorRoles: []string{editorRole}, ReviewerRoles: []string{reviewerRole}}
	set := func(a *Adapter) { a.desk = newModerators(c) }
	return start(t, f, quietBot(t), append([]func(*Adapter){set}, settings...)...)
}

// moderator is how a person with roles comes with an interaction.
func (f *fake) moderator(who string, roles ...string) map[string]any {
	return map[string]any{"member": map[string]any{"nick": nil, "roles": roles, "permissions": "0",
		"user": map[string]any{"id": f.person(who), "username": "ada-lovelace", "global_name": "Ada"}}}
}

// stepOn presses a button below a message that the person alone sees, or a card.
func (f *fake) stepOn(own bool, action string, as map[string]any) *fakeTicket {
	flags := 0
	if own {
		flags = ephemeralFlag
	}
	as["message"] = map[string]any{"id": f.id(), "channel_id": f.channel(channel), "type": 0, "content": "", "timestamp": "2026-11-22T12:00:00Z",
		"flags": flags, "author": map[string]any{"id": fakeUser, "bot": true}, "mentions": []any{}, "embeds": []any{}, "components": []any{}}
	return f.interactAs(channel, 3, "mod", map[string]any{"custom_id": action, "component_type": 2}, as)
}

// fill sends a form, field and value in turn.
func (f *fake) fill(action string, as map[string]any, fields ...string) *fakeTicket {
	var rows []any
	for n := 0; n < len(fields); n += 2 {
		rows = append(rows, map[string]any{"type": 1, "id": n + 1, "components": []any{map[string]any{"type": 4, "custom_id": fields[n], "value": fields[n+1]}}})
	}
	return f.interactAs(channel, 5, "mod", map[string]any{"custom_id": action, "components": rows}, as)
}

// menu uses a command of a message's menu.
func (f *fake) menu(name string, as, about map[string]any) *fakeTicket {
	return f.interactAs(channel, 2, "mod", map[string]any{"id": "1", "name": name, "type": 3, "target_id": "77",
		"resolved": map[string]any{"messages": map[string]any{"77": about}}}, as)
}

// opened waits for a form.
func (f *fake) opened() map[string]any {
	f.t.Helper()
	select {
	case m := <-f.modals:
		return m
	case <-time.After(20 * time.Second):
		f.t.Fatal("no form is opened")
		return nil
	}
}

// button finds an action by a part of its label.
func (s seen) button(t *testing.T, label string) string {
	t.Helper()
	for _, b := range s.Buttons {
		if strings.Contains(b.Label, label) {
			return b.Data
		}
	}
	t.Fatalf("no button %q in %v", label, s.Buttons)
	return ""
}
