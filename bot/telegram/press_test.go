package telegram

import (
	"strings"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
)

// A button below a message that was sent inline comes without the message: it can
// be a vote, and nothing else.
func TestAButtonBelowAnInlineMessage(t *testing.T) {
	messages := bottest.Corpus(t).Messages
	for data, toast := range map[string]string{
		"s:" + bottest.Plain: "", "?s:" + bottest.Plain: "", "c:/region GB": "", "c:/forget": "", "d:over": "", "forged": "", "": "",
		"+s:" + bottest.Plain: messages.Thanks, "+s:forged": messages.Expired,
	} {
		f, d := newFake(t), &script{views: scriptViews}
		deskStage(t, f, d, nil)
		answer := f.await("callback_query", map[string]any{"from": map[string]any{"id": f.id("ann")}, "inline_message_id": "x", "chat_instance": "1", "data": data})
		if answer == nil || answer.Get("text") != toast {
			t.Errorf("%s: acknowledged with %v", data, answer)
		}
		if f.count("sendMessage") != 0 || len(d.steps) != 0 {
			t.Errorf("%s does something", data)
		}
	}
}

// In a person's chat with the bot, only that person can press a button. What
// claims to come from somebody else does nothing there, nor for them.
func TestAButtonInSomebodyElsesChatDoesNothing(t *testing.T) {
	f, d := newFake(t), &script{views: scriptViews}
	a := f.Adapter(discard).(*Adapter)
	a.cfg.Desk, a.cfg.Moderators = d, []int64{f.id("bob")}
	s := newStage(t, a)
	answer := f.ask(s, "ann", bottest.PlainQuestion)
	for _, data := range []string{"s:" + bottest.Hostile, "?s:" + bottest.Plain, "+s:" + bottest.Plain, "c:/region GB", "c:/forget", "d:over", "d:edit", "forged", strings.Repeat("x", 64)} {
		f.pressAs("bob", answer, data) // and is acknowledged
	}
	f.ask(s, "ann", bottest.PlainQuestion) // and nothing before it
	for n := range 2 {
		if m := s.hear(); m.Text != bottest.PlainQuestion {
			t.Errorf("turn %d: %+v", n, m)
		}
	}
	if len(d.steps) != 0 || len(s.heard) != 0 {
		t.Errorf("steps at the desk %v, %d turns", d.steps, len(s.heard))
	}
}

// In a group a button works for whoever presses it: it counts for them, and is
// answered in the group.
func TestAButtonInAGroupWorksForWhoeverPressesIt(t *testing.T) {
	f := newFake(t)
	a := f.Adapter(discard).(*Adapter)
	s := newStage(t, a)
	key := func(who string) string { return a.names.key(personKey, f.id(who)) }
	f.Say(bottest.Say{Chat: "club", Group: true, Mention: true, Text: bottest.PlainQuestion})
	answer := f.next()
	s.hear()
	for _, tc := range []struct{ data, want string }{
		{"s:" + bottest.Hostile, bottest.Corpus(t).Snippet(bottest.Hostile).Title},
		{"c:/region GB", "United Kingdom"},
		{"s:forged", bottest.Corpus(t).Messages.Expired},
	} {
		f.pressAs("bob", answer, tc.data)
		p := f.next()
		if wantText(t, p, tc.want); p.Chat != "club" {
			t.Errorf("%s is answered in %q", tc.data, p.Chat)
		}
		if m := s.hear(); m.Origin.Person != key("bob") || m.Asker != key("bob") || m.Origin.Chat == "" {
			t.Errorf("%s counts for another: %+v", tc.data, m.Origin)
		}
	}
	if a.regions.Of(key("bob")) != "GB" {
		t.Error("who pressed has no country")
	}
	asker := (&fakeChat{group: true}).person()["id"].(int64)
	if got := a.regions.Of(a.names.key(personKey, asker)); got != "" {
		t.Errorf("who asked has the country %q now", got)
	}
}

// What comes again while it is open, or after it was done, is done once.
func TestAnUpdateThatComesTwiceIsDoneOnce(t *testing.T) {
	for name, made := range map[string]func(ann *fakeChat) (kind string, content map[string]any){
		"message": func(ann *fakeChat) (string, map[string]any) {
			return "message", map[string]any{"message_id": 5, "date": 1, "chat": ann.json(), "from": ann.person(), "text": bottest.PlainQuestion}
		},
		"press": func(ann *fakeChat) (string, map[string]any) {
			return "callback_query", pressed(ann, "s:"+bottest.Plain)
		},
		"vote": func(ann *fakeChat) (string, map[string]any) {
			return "callback_query", pressed(ann, "+s:"+bottest.Plain)
		},
		"desk": func(ann *fakeChat) (string, map[string]any) { return "callback_query", pressed(ann, "d:on") },
	} {
		t.Run(name, func(t *testing.T) {
			f, d := newFake(t), &script{views: scriptViews}
			f.mu.Lock()
			ann := f.chat("ann", false)
			kind, content := made(ann)
			f.sent = append(f.sent, &fakeMessage{id: 5, chat: ann, text: "x"})
			update := map[string]any{"update_id": f.lastID, kind: content}
			for range 3 { // in one batch
				f.pushRaw(f.lastID, update)
			}
			f.mu.Unlock()
			a := f.Adapter(discard).(*Adapter)
			a.cfg.Desk, a.cfg.Moderators = d, []int64{ann.id}
			s := newStage(t, a)
			f.awaitState(func() bool {
				return f.calls["sendMessage"]+f.calls["answerCallbackQuery"]+f.calls["editMessageText"] > 0
			})
			a.settle(t.Context(), patience)
			f.mu.Lock()
			f.pushRaw(f.lastID, update)
			f.mu.Unlock()
			f.Say(bottest.Say{Chat: "ann", Text: bottest.HostileQuery})
			turns := 0
			for m := (bot.Message{}); m.Text != bottest.HostileQuery; m = s.hear() {
				if m.Text+m.Action != "" {
					turns++
				}
			}
			if turns+len(d.steps) != 1 {
				t.Errorf("%d turns, %d steps", turns, len(d.steps))
			}
		})
	}
}

// pressed is a button that somebody pressed in their chat with the bot.
func pressed(who *fakeChat, data string) map[string]any {
	return map[string]any{"id": "77", "from": who.person(), "chat_instance": "1", "data": data,
		"message": map[string]any{"message_id": 5, "date": 1, "chat": who.json(), "from": selfJSON(), "text": "x"}}
}
