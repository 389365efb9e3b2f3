package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"handout/bot"
	"handout/bot/bottest"
	"handout/bot/deliver"
)

// fake is a Bot API server on loopback and the people who use it. Every call
// is held to the official description (contract_test.go) when that is there.
type fake struct {
	t        testing.TB
	contract *contract

	mu       sync.Mutex
	front    *httptest.Server // what the latest adapter talks to
	wake     chan struct{}    // closed and renewed when polls must look again
	cut      chan struct{}    // closed and renewed when held polls are cut
	updates  []fakeUpdate     // not confirmed yet
	lastID   int
	offset   int // the highest that was asked for
	chats    map[string]*fakeChat
	sent     []*fakeMessage
	faults   []bottest.Fault
	failed   int
	plain    bool                       // messages without markup are accepted
	waiting  map[string]chan url.Values // callback and inline queries, by id
	calls    map[string]int
	seen     chan struct{}                          // closed and renewed with each call
	answerTo map[string]func(w http.ResponseWriter) // methods that are answered otherwise
	posted   chan bottest.Posted
	slept    []time.Duration
	logged   []url.Values      // sendMessage as it came
	hookSet  url.Values        // setWebhook as it came
	members  map[string]string // status in every group, by user id
	edits    int
	menu     url.Values // setMyCommands as it came last
}

type fakeUpdate struct {
	id  int
	raw json.RawMessage
}

type fakeChat struct {
	name   string
	id     int64
	group  bool
	topics []string
}

type fakeMessage struct {
	id     int
	chat   *fakeChat
	thread int
	text   string
}

const (
	fakeToken = "7123456789:AAtoken-that-must-stay-secret_01234"
	botID     = 7123456789
	botName   = "HandoutTestBot"
	personID  = 7900000001 // of the first person; others follow
)

func newFake(t testing.TB) *fake {
	f := &fake{
		t: t, contract: loadContract(t), wake: make(chan struct{}), cut: make(chan struct{}),
		chats: map[string]*fakeChat{}, waiting: map[string]chan url.Values{}, calls: map[string]int{}, seen: make(chan struct{}),
		answerTo: map[string]func(http.ResponseWriter){}, posted: make(chan bottest.Posted, 10_000), lastID: 1000,
	}
	return f
}

// open starts a front for a new adapter; all fronts share the fake.
func (f *fake) open() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	front := httptest.NewServer(http.HandlerFunc(f.serve))
	f.front = front
	f.t.Cleanup(func() { closeFront(front) })
	return front.URL
}

func closeFront(s *httptest.Server) {
	s.CloseClientConnections()
	s.Close()
}

// config is that of an adapter for the fake.
func (f *fake) config() Config {
	return Config{Token: fakeToken, API: f.open(), Drain: 10 * time.Second}
}

// Adapter waits as an adapter should, but a thousand times as fast, and knows
// no limits.
func (f *fake) Adapter(log *slog.Logger) bot.Adapter { return f.quicken(New(log, f.config())) }

func (f *fake) quicken(a *Adapter) *Adapter {
	sleep := func(ctx context.Context, d time.Duration) error {
		f.mu.Lock()
		f.slept = append(f.slept, d)
		f.mu.Unlock()
		return deliver.Sleep(ctx, d/1000)
	}
	a.sender = &deliver.Sender{Tries: mostTry, Backoff: time.Second, Sleep: sleep, MaxWait: maxWait}
	a.quick.Sleep = sleep
	a.backoff, a.pace = time.Millisecond, time.Millisecond
	a.parting = 2 * time.Second
	a.client.http.Transport = hasty{f, a.client.http.Transport}
	return a
}

// hasty gives up soon on a call that the fake will not answer. Others have all
// the time that a busy machine may need, or they would be made twice.
type hasty struct {
	f    *fake
	next http.RoundTripper
}

func (h hasty) RoundTrip(r *http.Request) (*http.Response, error) {
	h.f.mu.Lock()
	silent := len(h.f.faults) > 0 && h.f.faults[0] == bottest.Silent
	h.f.mu.Unlock()
	if silent && strings.HasSuffix(r.URL.Path, "/sendMessage") {
		ctx, cancel := context.WithTimeout(r.Context(), 100*time.Millisecond)
		defer cancel()
		r = r.WithContext(ctx)
	}
	return h.next.RoundTrip(r)
}

func (f *fake) Kill()                         { f.mu.Lock(); front := f.front; f.mu.Unlock(); closeFront(front) }
func (f *fake) Posted() <-chan bottest.Posted { return f.posted }
func (f *fake) Redelivers() bool              { return true }

func (f *fake) Fail(fault bottest.Fault, times int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = append(f.faults, slices.Repeat([]bottest.Fault{fault}, times)...)
}

func (f *fake) Failed() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.failed
}

func (f *fake) Disconnect() {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.cut)
	f.cut = make(chan struct{})
}

func (f *fake) Secrets() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	secrets := []string{fakeToken, "AAtoken"}
	for name, c := range f.chats {
		secrets = append(secrets, strconv.FormatInt(c.id, 10), "Person of "+name)
	}
	return secrets
}

// chat returns the chat of a name. The lock is held.
func (f *fake) chat(name string, group bool) *fakeChat {
	c := f.chats[name]
	if c == nil {
		c = &fakeChat{name: name, id: personID + int64(len(f.chats)), group: group}
		if group {
			c.id = -1007900000000 - int64(len(f.chats))
		}
		f.chats[name] = c
	}
	return c
}

func (c *fakeChat) json() map[string]any {
	kind := "private"
	if c.group {
		kind = "supergroup"
	}
	return map[string]any{"id": c.id, "type": kind, "title": "Title of " + c.name, "is_forum": len(c.topics) > 0}
}

func (c *fakeChat) person() map[string]any {
	id := c.id
	if c.group {
		id = personID + 500_000
	}
	return map[string]any{"id": id, "is_bot": false, "first_name": "Person of " + c.name, "username": "person_name"}
}

// thread is the id of a topic, and what every message of it replies to.
func (c *fakeChat) thread(topic string) (int, map[string]any) {
	i := slices.Index(c.topics, topic)
	if i < 0 {
		c.topics = append(c.topics, topic)
		i = len(c.topics) - 1
	}
	id := 50 + i
	return id, map[string]any{"message_id": id, "date": 1, "chat": c.json(), "from": selfJSON(), "message_thread_id": id,
		"forum_topic_created": map[string]any{"name": topic, "icon_color": 7322096}}
}

func selfJSON() map[string]any {
	return map[string]any{"id": botID, "is_bot": true, "first_name": "Handout", "username": botName, "supports_inline_queries": true}
}

// Say writes a message as a person.
func (f *fake) Say(s bottest.Say) {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.chat(s.Chat, s.Group)
	text := s.Text
	var entities []map[string]any
	if s.Mention {
		mention := "@" + strings.ToLower(botName)
		entities = append(entities, map[string]any{"type": "mention", "offset": 0, "length": len(mention)})
		text = strings.TrimRight(mention+" "+text, " ")
	}
	if strings.HasPrefix(s.Text, "/") && !s.Mention {
		entities = append(entities, map[string]any{"type": "bot_command", "offset": 0, "length": len(strings.Fields(s.Text)[0])})
	}
	m := map[string]any{"date": 1, "chat": c.json(), "from": c.person(), "text": text, "entities": entities}
	if s.Topic != "" {
		thread, opened := c.thread(s.Topic)
		m["message_thread_id"], m["is_topic_message"], m["reply_to_message"] = thread, true, opened
	}
	if s.ReplyTo != nil {
		m["reply_to_message"] = f.message(s.ReplyTo.ID).json()
	}
	f.push("message", m)
}

func (f *fake) message(id string) *fakeMessage {
	for _, m := range f.sent {
		if strconv.Itoa(m.id) == id {
			return m
		}
	}
	f.t.Errorf("no message %s", id)
	return &fakeMessage{chat: f.chat("nobody", false)}
}

func (m *fakeMessage) json() map[string]any {
	j := map[string]any{"message_id": m.id, "date": 1, "chat": m.chat.json(), "from": selfJSON(), "text": m.text}
	if m.thread != 0 {
		j["message_thread_id"], j["is_topic_message"] = m.thread, true
	}
	return j
}

// push makes an update. The lock is held.
func (f *fake) push(kind string, content map[string]any) {
	f.lastID++
	if kind == "message" {
		content["message_id"] = f.lastID
	}
	f.pushRaw(f.lastID, map[string]any{"update_id": f.lastID, kind: content})
}

func (f *fake) pushRaw(id int, v any) {
	raw, err := json.Marshal(v)
	if err != nil {
		f.t.Errorf("update: %v", err)
	}
	f.updates = append(f.updates, fakeUpdate{id, raw})
	f.ring()
}

func (f *fake) ring() {
	close(f.wake)
	f.wake = make(chan struct{})
}

func (f *fake) Undecodable() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lastID++
	f.pushRaw(f.lastID, map[string]any{"update_id": f.lastID, "message": map[string]any{"message_id": "not a number", "chat": []int{1}}})
}

// await registers a query, pushes it and returns what the bot answers.
func (f *fake) await(kind string, content map[string]any) url.Values {
	f.mu.Lock()
	id := fmt.Sprintf("query-%d", f.lastID)
	answer := make(chan url.Values, 1)
	f.waiting[id] = answer
	content["id"] = id
	f.push(kind, content)
	f.mu.Unlock()
	select {
	case v := <-answer:
		return v
	case <-time.After(30 * time.Second):
		f.t.Errorf("%s is not answered", kind)
		return nil
	}
}

func (f *fake) Press(p bottest.Posted, b bottest.Button) { f.press(p, b) }

func (f *fake) press(p bottest.Posted, b bottest.Button) url.Values {
	f.mu.Lock()
	m := f.message(p.ID)
	content := map[string]any{"from": m.chat.person(), "chat_instance": "1", "data": b.Data, "message": m.json()}
	f.mu.Unlock()
	return f.await("callback_query", content)
}

func (f *fake) Suggest(text string) []bottest.Suggestion {
	f.mu.Lock()
	person := f.chat("inline asker", false).person()
	f.mu.Unlock()
	v := f.await("inline_query", map[string]any{"from": person, "query": text, "offset": ""})
	var results []inlineResult
	if err := json.Unmarshal([]byte(v.Get("results")), &results); err != nil {
		f.t.Errorf("results: %v", err)
	}
	var list []bottest.Suggestion
	for _, r := range results {
		list = append(list, bottest.Suggestion{Title: r.Title, Data: r.Content.Text})
	}
	return list
}

func (f *fake) Pick(s bottest.Suggestion) {
	text, err := readHTML(s.Data.(string))
	if err != nil {
		f.t.Errorf("inline message: %v", err)
	}
	f.posted <- bottest.Posted{Text: text, Size: units(text), Limit: 4096}
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }
