package telegram

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"handout/bot"
	"handout/bot/bottest"
	"handout/bot/limit"
)

func (f *fake) lastSent() url.Values {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.logged[len(f.logged)-1]
}

func TestQuestionsAreQuotedInGroupsOnly(t *testing.T) {
	f := newFake(t)
	s := newStage(t, f.Adapter(discard))
	f.ask(s, "ann", bottest.PlainQuestion)
	if v := f.lastSent(); v.Has("reply_parameters") || v.Get("link_preview_options") != `{"is_disabled":true}` {
		t.Errorf("direct: %v", v)
	}
	f.Say(bottest.Say{Chat: "club", Group: true, Mention: true, Text: bottest.PlainQuestion})
	f.next()
	if got := f.lastSent().Get("reply_parameters"); !strings.HasPrefix(got, `{"message_id":`) || !strings.Contains(got, `"allow_sending_without_reply":true`) {
		t.Errorf("group: reply_parameters = %s", got)
	}
}

func TestTypingIsShownWhileAnAnswerTakesLong(t *testing.T) {
	f := newFake(t)
	a := f.Adapter(discard).(*Adapter)
	a.patient = time.Millisecond
	s := newStage(t, a)
	f.Say(bottest.Say{Chat: "club", Group: true, Topic: "hearing", Mention: true, Text: holdText})
	s.hear()
	f.awaitState(func() bool { return f.calls["sendChatAction"] > 0 })
	close(s.gate)
	f.next()
}

func TestTheRegionIsRememberedForThePersonAlone(t *testing.T) {
	f := newFake(t)
	a := f.Adapter(discard).(*Adapter)
	s := newStage(t, a)
	f.ask(s, "ann", "/region GB")
	if p := f.ask(s, "ann", bottest.EmergencyText); !strings.Contains(p.Text, "999") || strings.Contains(p.Text, "Elsewhere") {
		t.Errorf("ann is told:\n%s", p.Text)
	}
	if p := f.ask(s, "bob", bottest.EmergencyText); !strings.Contains(p.Text, "Elsewhere") {
		t.Errorf("bob is told:\n%s", p.Text)
	}
	f.ask(s, "ann", "/region none")
	if p := f.ask(s, "ann", bottest.EmergencyText); !strings.Contains(p.Text, "Elsewhere") {
		t.Errorf("ann is told:\n%s", p.Text)
	}
}

func TestKeysAreAsLastingAsTheRegions(t *testing.T) {
	n, other := names{bot.NewRegions().Secret(surface)}, names{bot.NewRegions().Secret(surface)}
	if n.key(personKey, 5) == other.key(personKey, 5) {
		t.Error("two processes have the same key for a person")
	}
	kept := bot.NewRegions()
	if a, b := New(discard, Config{Regions: kept}), New(discard, Config{Regions: kept}); a.names != b.names {
		t.Error("what is kept is not found again after a restart")
	}
}

func TestAVoteIsThankedForAboveTheChat(t *testing.T) {
	f := newFake(t)
	s := newStage(t, f.Adapter(discard))
	p := f.ask(s, "ann", bottest.PlainQuestion)
	answer := f.press(p, bottest.Button{Data: "+s:" + bottest.Plain})
	if want := bottest.Corpus(t).Messages.Thanks; answer.Get("text") != want || units(want) > longestToast {
		t.Errorf("answered %v", answer)
	}
	if f.count("sendMessage") != 1 {
		t.Error("a vote leaves a message behind")
	}
	if answer := f.press(p, bottest.Button{Data: strings.Repeat("x", 64)}); answer == nil || answer.Has("text") {
		t.Errorf("forged: %v", answer)
	}
	f.next()
}

func TestAVoteBelowAQuotedQuestionNamesIt(t *testing.T) {
	f := newFake(t)
	s := newStage(t, f.Adapter(discard))
	bots := selfJSON()
	person, other := map[string]any{"id": personID}, map[string]any{"id": personID + 1}
	f.Say(bottest.Say{Chat: "ann", Text: bottest.PlainQuestion})
	ann := s.hear().Asker
	for name, tc := range map[string]struct {
		quoted map[string]any
		want   string
	}{
		"quoted":             {map[string]any{"from": person, "text": "@" + botName + " why owls", "entities": []any{map[string]any{"type": "mention", "offset": 0, "length": len(botName) + 1}}}, "why owls"},
		"below a picture":    {map[string]any{"from": person, "caption": "which owl"}, "which owl"},
		"opening of a topic": {map[string]any{"from": person, "text": "x", "forum_topic_created": map[string]any{"name": "x"}}, ""},
		"our own":            {map[string]any{"from": bots, "text": "How do owls hear?"}, ""},
		"nothing":            {nil, ""},
	} {
		message := map[string]any{"message_id": 5, "from": bots, "chat": map[string]any{"id": -5, "type": "supergroup"}, "text": "x"}
		if tc.quoted != nil {
			message["reply_to_message"] = tc.quoted
		}
		if f.await("callback_query", map[string]any{"from": other, "chat_instance": "1", "data": "-s:" + bottest.Plain, "message": message}) == nil {
			t.Fatalf("%s: not acknowledged", name)
		}
		m := s.hear()
		if m.Asked != tc.want || m.Asker == "" {
			t.Errorf("%s: asked %q by %q, want %q", name, m.Asked, m.Asker, tc.want)
		}
		if (m.Asker == ann) != (tc.want != "") {
			t.Errorf("%s: want whose words they are, or else who pressed", name)
		}
	}
}

func TestInlineOffersOnlyWhatFitsAndIsFresh(t *testing.T) {
	f := newFake(t)
	newStage(t, f.Adapter(discard))
	for _, o := range f.Suggest(bottest.LongQuestion) {
		if o.Title == bottest.Corpus(t).Snippet(bottest.Long).Title {
			t.Error("what needs several messages is offered")
		}
	}
	v := f.await("inline_query", map[string]any{"from": map[string]any{"id": personID}, "query": "how do owls", "offset": ""})
	if v.Get("cache_time") != "5" || v.Get("is_personal") != "true" {
		t.Errorf("answered %v", v)
	}
	var results []map[string]any
	if err := json.Unmarshal([]byte(v.Get("results")), &results); err != nil || len(results) == 0 || results[0]["description"] == "" {
		t.Errorf("results %v: %v", results, err)
	}
}

// A flood of typing gets empty lists, and no message.
func TestAFloodOfInlineQueries(t *testing.T) {
	f := newFake(t)
	quick(t, f, limit.Rates{Person: 1})
	got := 0
	for range 20 {
		if len(f.Suggest("how do ow")) > 0 {
			got++
		}
	}
	if got == 0 || got == 20 {
		t.Errorf("%d of 20 queries have results", got)
	}
	list := f.Suggest(bottest.EmergencyText)
	if len(list) != 1 || !strings.Contains(list[0].Data.(string), "999") {
		t.Errorf("instead of the card: %+v", list)
	}
	v := f.await("inline_query", map[string]any{"from": map[string]any{"id": personID + 1}, "query": "how do ow", "offset": ""})
	if v.Get("results") == "[]" {
		t.Error("another person has no results")
	}
	if f.count("sendMessage") != 0 {
		t.Error("a message was sent")
	}
}

func TestWhatIsNotAskedIsPassedOver(t *testing.T) {
	f := newFake(t)
	var log logBuffer
	s := newStage(t, f.Adapter(log.logger()))
	f.mu.Lock()
	ann := f.chat("ann", false)
	f.push("edited_message", map[string]any{"chat": ann.json(), "from": ann.person(), "text": bottest.PlainQuestion, "date": 1})
	f.push("my_chat_member", map[string]any{"chat": ann.json(), "from": ann.person(), "new_chat_member": map[string]any{"status": "kicked"}})
	f.pushRaw(f.lastID, map[string]any{"no_id": true})
	f.mu.Unlock()
	p := f.ask(s, "ann", bottest.HostileQuery)
	if !strings.Contains(p.Text, bottest.Corpus(t).Snippet(bottest.Hostile).Title) {
		t.Errorf("answered:\n%s", p.Text)
	}
	if n := strings.Count(log.String(), "blocked or removed"); n != 1 {
		t.Errorf("a block is logged %d times", n)
	}
}

func TestAnAlbumIsAnsweredOnce(t *testing.T) {
	for _, tc := range []struct{ name, caption, want string }{
		{"without words", "", bottest.Corpus(t).Messages.Empty},
		{"below its first picture", bottest.PlainQuestion, bottest.Corpus(t).Snippet(bottest.Plain).Title},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := newFake(t)
			s := newStage(t, f.Adapter(discard))
			f.mu.Lock()
			ann := f.chat("ann", false)
			for i := range 4 {
				m := map[string]any{"date": 1, "chat": ann.json(), "from": ann.person(), "media_group_id": "135", "photo": []any{map[string]any{"file_id": "x"}}}
				if i == 0 {
					m["caption"] = tc.caption
				}
				f.push("message", m)
			}
			f.mu.Unlock()
			if p := f.next(); !strings.Contains(p.Text, tc.want) {
				t.Errorf("answered:\n%s", p.Text)
			}
			if p := f.ask(s, "ann", bottest.HostileQuery); !isHostile(t, p) {
				t.Errorf("answered again:\n%s", p.Text)
			}
		})
	}
}

func TestConfigSaysWhatIsWrong(t *testing.T) {
	for _, c := range []Config{
		{Token: fakeToken, API: "api.telegram.org"},
		{Token: fakeToken, API: "https://a", WebhookURL: "bot.example"},
		{Token: fakeToken, API: "https://a", WebhookURL: "https://bot.example", WebhookSecret: "a b"},
	} {
		if err := New(discard, c).cfg.validate(); err == nil {
			t.Errorf("%+v is accepted", fmt.Sprint(c.API, c.WebhookURL, c.WebhookSecret))
		}
	}
}
