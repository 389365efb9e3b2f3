package telegram

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"handout/bot/bottest"
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

func TestKeysEndWithTheProcess(t *testing.T) {
	n, other := newNames(), newNames()
	if n.key(personKey, 5) == other.key(personKey, 5) {
		t.Error("two processes have the same key for a person")
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

func TestAButtonBelowAnInlineMessageIsAcknowledged(t *testing.T) {
	f := newFake(t)
	newStage(t, f.Adapter(discard))
	if f.await("callback_query", map[string]any{"from": map[string]any{"id": personID}, "inline_message_id": "x", "chat_instance": "1", "data": "s:" + bottest.Plain}) == nil {
		t.Error("not acknowledged")
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

// hook is an adapter that listens, and what Telegram sends it.
type hook struct {
	t      *testing.T
	url    string
	secret string
}

func newHook(t *testing.T, f *fake, cfg Config) (*hook, *stage) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	cfg.WebhookURL, cfg.WebhookAddr = "https://bot.example/hook", l.Addr().String()
	l.Close()
	a := f.quicken(New(discard, cfg))
	s := newStage(t, a)
	h := &hook{t: t, url: "http://" + cfg.WebhookAddr + "/hook"}
	f.awaitState(func() bool { return f.calls["setWebhook"] > 0 })
	f.mu.Lock()
	defer f.mu.Unlock()
	h.secret = f.hookSet.Get("secret_token")
	if f.hookSet.Get("url") != cfg.WebhookURL || h.secret == "" {
		t.Errorf("setWebhook: %v", f.hookSet)
	}
	return h, s
}

func (h *hook) post(secret, body string) int {
	h.t.Helper()
	req := httptest.NewRequest(http.MethodPost, h.url, strings.NewReader(body))
	req.RequestURI = ""
	req.Header.Set(secretHeader, secret)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Error(err)
		return 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}

func (f *fake) updateOf(id int, chat, text string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.chat(chat, false)
	raw, _ := json.Marshal(map[string]any{"update_id": id, "message": map[string]any{
		"message_id": id, "date": 1, "chat": c.json(), "from": c.person(), "text": text}})
	return string(raw)
}

func TestWebhook(t *testing.T) {
	f := newFake(t)
	h, s := newHook(t, f, f.config())
	question := f.updateOf(1, "ann", bottest.PlainQuestion)
	for _, tc := range []struct {
		name, secret, body string
		status             int
	}{
		{"wrong secret", "wrong", question, 403},
		{"no secret", "", question, 403},
		{"too large", h.secret, strings.Repeat(" ", maxUpdate+1), 413},
		{"no JSON", h.secret, "<html>", 200},
		{"undecodable", h.secret, `{"update_id":7,"message":5}`, 200},
		{"question", h.secret, question, 200},
		{"the same once more", h.secret, question, 200},
	} {
		if got := h.post(tc.secret, tc.body); got != tc.status {
			t.Errorf("%s: status %d, want %d", tc.name, got, tc.status)
		}
	}
	if f.next(); len(f.posted) != 0 || f.count("sendMessage") != 1 {
		t.Errorf("%d replies, want 1", f.count("sendMessage"))
	}
	s.hear()
	answered := make(chan int)
	go func() { answered <- h.post(h.secret, f.updateOf(2, "ann", holdText)) }()
	s.hear()
	s.cancel()
	close(s.gate)
	if got := <-answered; got != 200 {
		t.Errorf("during a stop: status %d, want 200 after the reply", got)
	}
	if err := s.wait(); err != nil {
		t.Errorf("stop: %v", err)
	}
}

func TestWebhookHasTelegramSendAgainWhatGotNoReply(t *testing.T) {
	f := newFake(t)
	cfg := f.config()
	cfg.Drain = 200 * time.Millisecond
	cfg.WebhookSecret = "chosen_secret-1"
	h, s := newHook(t, f, cfg)
	if h.secret != cfg.WebhookSecret {
		t.Errorf("secret %q", h.secret)
	}
	answered := make(chan int)
	go func() { answered <- h.post(h.secret, f.updateOf(2, "ann", holdText)) }()
	s.hear()
	s.cancel()
	if got := <-answered; got != 503 {
		t.Errorf("an update without reply: status %d", got)
	}
	if err := s.wait(); err == nil {
		t.Error("the stop says nothing of what was left")
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
