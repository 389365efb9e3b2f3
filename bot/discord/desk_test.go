package discord

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"handout/bot/desk"
	"handout/knowledge"
	"handout/knowledge/editorial"
)

func names(commands []map[string]any) []string {
	var list []string
	for _, c := range commands {
		list = append(list, str(c["name"]))
	}
	return list
}

// given are the commands that the adapter has set.
func (f *fake) given() (commands []map[string]any) {
	f.t.Helper()
	f.eventually("commands are set", func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		commands = f.commands
		return commands != nil
	})
	return commands
}

func TestTheDesksCommandsStandBesideTheOthers(t *testing.T) {
	plain := start(t, newFake(t), quietBot(t))
	before := names(plain.given())
	r := atDesk(t, newFake(t), showing(desk.View{}))
	given := r.given()
	want := append(slices.Clone(before), deskCommand, suggestCommand, flagCommand, whyCommand)
	if got := names(given); !slices.Equal(got, want) {
		t.Errorf("commands %v, want %v", got, want)
	}
	for _, c := range given[len(before):] {
		if c["default_member_permissions"] != manageServer || len(list(c["contexts"])) != 1 || len(list(c["integration_types"])) != 1 {
			t.Errorf("%v may be used by others, or elsewhere: %v", c["name"], c)
		}
	}
}

func TestTheDeskOpensForItsPersonAlone(t *testing.T) {
	f := newFake(t)
	d := showing(desk.View{Title: "Desk *of* @everyone", Blocks: []knowledge.Block{said("3 drafts <@77>")},
		Buttons: [][]desk.Button{{{Label: "Gaps", Action: "d:gaps", Style: desk.Main}, {Label: "Browser", URL: "https://example.org/x"}}}})
	r := atDesk(t, f, d)
	r.interactAs(channel, 2, "mod", map[string]any{"id": "1", "name": "desk", "type": 1,
		"options": []any{map[string]any{"name": "search", "type": 3, "value": " dry skin "}}}, f.moderator("mod", editorRole))
	p := r.next()
	if !p.Ephemeral || p.Edited || p.Text != "Desk *of* @everyone\n\n3 drafts <@77>" || len(p.Buttons) != 2 {
		t.Errorf("ephemeral %v, edited %v: %q %v", p.Ephemeral, p.Edited, p.Text, p.Buttons)
	}
	got := d.next(t)
	want := editorial.Person{Rights: editorial.Rights{Edit: true}}
	want.ID, want.Name = "discord:"+f.person("mod"), "Ada"
	if got.who != want || got.in.Action != "" || got.in.Text != "dry skin" {
		t.Errorf("step %+v", got)
	}
	r.interactAs(channel, 2, "mod", map[string]any{"id": "1", "name": "desk", "type": 1,
		"options": []any{map[string]any{"name": "web", "type": 5, "value": true}}}, f.moderator("mod", reviewerRole))
	r.next()
	if got := d.next(t); got.in.Action != desk.Web || got.who.Rights != (editorial.Rights{Review: true}) {
		t.Errorf("step %+v", got)
	}
}

func TestAPressReplacesOnesOwnViewAndAnswersBesideACard(t *testing.T) {
	f := newFake(t)
	d := showing(desk.View{Title: "Next"})
	r := atDesk(t, f, d)
	r.stepOn(true, "d:gaps", f.moderator("mod", editorRole))
	if p := r.next(); !p.Edited || !p.Ephemeral || len(list(p.Raw["components"])) != 0 || p.Raw["components"] == nil {
		t.Errorf("on an own view: %v", p.Raw)
	}
	r.stepOn(false, "d:review", f.moderator("mod", editorRole))
	if p := r.next(); p.Edited || !p.Ephemeral {
		t.Errorf("on a card: edited %v, ephemeral %v", p.Edited, p.Ephemeral)
	}
	if got := d.next(t).in.Action + d.next(t).in.Action; got != "d:gapsd:review" {
		t.Errorf("actions %s", got)
	}
	if len(r.rewritten) != 0 {
		t.Error("the card was edited although nothing is over")
	}
}

func TestACardWhoseMatterIsOverLosesItsButtons(t *testing.T) {
	f := newFake(t)
	r := atDesk(t, f, showing(desk.View{Title: "Published *now*", Over: true}))
	r.stepOn(false, "d:approve", f.moderator("mod", reviewerRole))
	r.next()
	if w := <-r.rewritten; w["content"] != `Published \*now\*` || w["components"] == nil || len(list(w["components"])) != 0 {
		t.Errorf("card became %v", w)
	}
}

// slowly answers when Discord was told to wait.
func slowly(f *fake, v desk.View) *script {
	told := make(chan struct{})
	tell := sync.OnceFunc(func() { close(told) })
	f.hook(func(c call) *answer {
		if isCallback(c) {
			tell()
		}
		return nil
	})
	return doing(func(context.Context, editorial.Person, desk.Input) desk.View { <-told; return v })
}

func hasty(a *Adapter) { a.deferAfter = time.Millisecond }

func TestASlowStepIsToldToDiscordAndThenShown(t *testing.T) {
	for name, step := range map[string]func(*running) *fakeTicket{
		"own view": func(r *running) *fakeTicket { return r.stepOn(true, "d:check", r.moderator("mod", editorRole)) },
		"card":     func(r *running) *fakeTicket { return r.stepOn(false, "d:check", r.moderator("mod", editorRole)) },
		"form":     func(r *running) *fakeTicket { return r.fill("d:save", r.moderator("mod", editorRole), "body", "x") },
	} {
		f := newFake(t)
		step(atDesk(t, f, slowly(f, desk.View{Title: "Checked"}), hasty))
		if p := f.next(); !p.Edited || !p.Ephemeral || p.Text != "Checked" || f.called("PATCH /webhooks") != 1 {
			t.Errorf("%s: edited %v, ephemeral %v: %q", name, p.Edited, p.Ephemeral, p.Text)
		}
	}
}

func TestAFormThatWasOpenedFromAViewReplacesIt(t *testing.T) {
	f := newFake(t)
	r := atDesk(t, f, showing(desk.View{Title: "Saved"}))
	as := f.moderator("mod", editorRole)
	as["message"] = map[string]any{"id": f.id(), "flags": ephemeralFlag, "author": map[string]any{"id": fakeUser}}
	r.fill("d:save", as, "body", "x")
	if p := r.next(); !p.Edited || p.Text != "Saved" {
		t.Errorf("edited %v: %q", p.Edited, p.Text)
	}
}

func TestAFormThatComesTooLateWaitsBehindAButton(t *testing.T) {
	f := newFake(t)
	form := &desk.Form{Title: "Your words", Action: "d:save", Fields: []desk.Field{{ID: "body", Label: "Text", Value: "old", Long: true}}}
	d := slowly(f, desk.View{Form: form})
	r := atDesk(t, f, d, hasty)
	r.stepOn(true, "d:edit", f.moderator("mod", editorRole))
	open := r.next().button(t, "Open the form")
	r.adapter.deferAfter = time.Hour
	r.stepOn(true, open, f.moderator("another", editorRole))
	if p := r.next(); p.Edited || !strings.Contains(p.Text, "not kept") {
		t.Errorf("somebody else is told: %v %q", p.Edited, p.Text)
	}
	r.stepOn(true, open, f.moderator("mod"))
	if p := r.next(); !strings.Contains(p.Text, "no right") {
		t.Errorf("without the role: %q", p.Text)
	}
	r.stepOn(true, open, f.moderator("mod", editorRole))
	if m := r.opened(); m["custom_id"] != "d:save" {
		t.Errorf("form %v", m)
	}
	d.next(t)
	if len(d.steps) != 0 {
		t.Error("opening the form was a step")
	}
}

func TestARoleThatWasRevokedMeanwhileCounts(t *testing.T) {
	f := newFake(t)
	d := showing(desk.View{Title: "Review", Buttons: [][]desk.Button{{{Label: "Approve", Action: "d:approve"}}}})
	r := atDesk(t, f, d)
	r.stepOn(true, "d:review", f.moderator("mod", reviewerRole))
	approve := r.next().button(t, "Approve")
	d.next(t)
	r.stepOn(true, approve, f.moderator("mod", "900000000000000099"))
	if p := r.next(); p.Edited || !p.Ephemeral || !strings.Contains(p.Text, "no right") {
		t.Errorf("approving: %v %q", p.Edited, p.Text)
	}
	r.fill("d:save", f.moderator("mod"), "body", "long work")
	if p := r.next(); !strings.Contains(p.Text, "no right") || !strings.Contains(p.Text, "long work") {
		t.Errorf("what was written is lost: %q", p.Text)
	}
	if len(d.steps) != 0 {
		t.Error("the desk was asked")
	}
}

func TestElsewhereThereIsNoDesk(t *testing.T) {
	f := newFake(t)
	d := showing(desk.View{Title: "Desk"})
	r := atDesk(t, f, d)
	admin := f.moderator("mod", editorRole, reviewerRole)
	admin["member"].(map[string]any)["permissions"] = "8"
	admin["guild_id"] = "900000000000000404"
	for name, step := range map[string]func() *fakeTicket{
		"command": func() *fakeTicket {
			return r.interactAs(channel, 2, "mod", map[string]any{"id": "1", "name": "desk", "type": 1}, admin)
		},
		"forged press": func() *fakeTicket { return r.stepOn(true, "d:approve", admin) },
		"forged form":  func() *fakeTicket { return r.fill("d:save", admin, "body", "x") },
		"menu":         func() *fakeTicket { return r.menu(suggestCommand, admin, map[string]any{"id": "77"}) },
	} {
		step()
		if p := r.next(); !strings.Contains(p.Text, "not set up") || !p.Ephemeral || p.Edited {
			t.Errorf("%s: %q", name, p.Text)
		}
	}
	r.interactAs(direct, 3, "ada", map[string]any{"custom_id": "d:approve", "component_type": 2}, nil)
	if p := r.next(); !strings.Contains(p.Text, "in a server") {
		t.Errorf("in a direct message: %q", p.Text)
	}
	if len(d.steps) != 0 {
		t.Error("the desk was asked")
	}
}

func TestWithoutADeskItsActionsAreOnlyUnknown(t *testing.T) {
	f := newFake(t)
	r := start(t, f, quietBot(t))
	r.stepOn(true, "d:approve", f.moderator("mod", editorRole))
	if p := r.next(); p.Edited || !strings.Contains(p.Text, "provider") {
		t.Errorf("edited %v: %q", p.Edited, p.Text)
	}
	r.fill("d:save", f.moderator("mod", editorRole), "body", "x")
	r.answers(t)
	if err := r.adapter.Announce(t.Context(), desk.View{Title: "Review"}); err != nil || r.called("POST /channels") != 1 {
		t.Errorf("announced, %v", err)
	}
}

func TestADoublePressIsTwoStepsInOrder(t *testing.T) {
	f := newFake(t)
	busy := make(chan struct{}, 2)
	d := doing(func(_ context.Context, _ editorial.Person, in desk.Input) desk.View {
		busy <- struct{}{}
		defer func() { <-busy }()
		if len(busy) > 1 {
			t.Error("two steps of a person at a time")
		}
		return desk.View{Title: "after " + in.Action}
	})
	r := atDesk(t, f, d)
	for range 2 {
		f.await(r.stepOn(true, "d:approve", f.moderator("mod", reviewerRole)).acked)
	}
	for range 2 {
		if p := r.next(); p.Text != "after d:approve" {
			t.Errorf("%q", p.Text)
		}
		d.next(t)
	}
}

func TestAnExpiredStepIsLoggedAndTheNextOneWorks(t *testing.T) {
	f := newFake(t)
	d := showing(desk.View{Title: "Approved"})
	f.hook(first(1, isCallback, refuse(404, 10062, "Unknown interaction")))
	r := atDesk(t, f, d)
	r.stepOn(true, "d:approve", f.moderator("mod", reviewerRole))
	r.eventually("it is logged", func() bool { return strings.Contains(r.log.String(), "answer not sent") })
	r.stepOn(true, "d:approve", f.moderator("mod", reviewerRole))
	r.next()
	d.next(t)
	d.next(t)
	if n := r.called("POST /channels"); n != 0 {
		t.Errorf("%d messages for everyone to see", n)
	}
}

func TestAFullQueueLeavesTheViewAsItIs(t *testing.T) {
	f := newFake(t)
	release := make(chan struct{})
	d := doing(func(context.Context, editorial.Person, desk.Input) desk.View {
		<-release
		return desk.View{Title: "Done"}
	})
	r := atDesk(t, f, d, func(a *Adapter) { a.deferAfter = time.Hour })
	for range perLane + 1 {
		r.stepOn(true, "d:gaps", f.moderator("mod", editorRole))
	}
	if p := r.next(); p.Edited || !p.Ephemeral {
		t.Errorf("edited %v: %q", p.Edited, p.Text)
	}
	close(release)
	for range perLane {
		r.next()
	}
}
