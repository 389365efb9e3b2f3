package discord

import (
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"handout/bot"
	"handout/bot/bottest"
)

// fake is Discord on loopback: its REST interface (fake_rest_test.go), its
// gateway (fake_gateway_test.go) and the people on it (fake_people_test.go).
type fake struct {
	t      testing.TB
	server *httptest.Server
	token  string
	shards int
	rights string    // app_permissions of interactions
	spec   *contract // every request must be valid against it; nil to skip that

	mu       sync.Mutex
	ids      int64
	channels map[string]place // by id
	people   map[string]string
	tickets  map[string]*fakeTicket // interactions, by token
	nonces   map[string]bool
	messages map[string]map[string]any // the bot's, by id
	fault    bottest.Fault
	faults   int
	failed   int
	calls    []string
	commands []map[string]any
	onCall   func(call) *answer // may answer a call in place of the fake

	quick   *atomic.Int64 // if not nil, counts messages that are accepted unseen
	onQuick chan string   // and tells of them, by path

	changed changes // of anything that a test may wait for
	gateway fakeGateway
	posted  chan bottest.Posted
	seen    chan seen
	modals  chan map[string]any // forms that were opened

	rewritten chan map[string]any // what messages were edited to
	stored    map[string]any      // what can be read, by path; set before the start
}

// seen is a message of the bot with what bottest does not know of.
type seen struct {
	bottest.Posted
	Ephemeral bool
	Edited    bool
	Raw       map[string]any
}

// place is where people are.
type place struct {
	chat, topic string
	guild       bool
}

type fakeTicket struct {
	channel   string
	acked     chan struct{} // closed at the first answer
	responded bool
	ephemeral bool
	onOwn     bool // pressed on a message that its person alone sees
	choices   chan []bottest.Suggestion
}

const (
	fakeApp  = "900000000000000001"
	fakeUser = "900000000000000002"
)

func newFake(t testing.TB) *fake {
	f := &fake{
		t: t, token: "loopback-token.for.tests", shards: 1, rights: "2147483647", ids: 900000000000001000, spec: loadContract(t),
		channels: map[string]place{}, people: map[string]string{}, tickets: map[string]*fakeTicket{}, nonces: map[string]bool{},
		messages: map[string]map[string]any{}, posted: make(chan bottest.Posted, 100_000), seen: make(chan seen, 100_000),
		modals: make(chan map[string]any, 100), rewritten: make(chan map[string]any, 100),
	}
	f.gateway.init()
	f.server = httptest.NewServer(f.handler())
	t.Cleanup(func() {
		f.gateway.cut()
		f.server.CloseClientConnections()
		f.server.Close()
	})
	return f
}

// Adapter implements [bottest.Platform]. It sets no commands: the suite wants to
// hear nothing but what people say.
func (f *fake) Adapter(log *slog.Logger) bot.Adapter {
	a := f.adapter(log)
	a.commands.done = true
	return a
}

// adapter makes one that waits for nothing but the fake.
func (f *fake) adapter(log *slog.Logger) *Adapter {
	a := New(log, Config{Token: f.token, API: f.server.URL, Rate: 1_000_000})
	a.setSleep(brief)
	a.api.timeout, a.api.ackTime = 3*time.Second, 3*time.Second
	return a
}

func (f *fake) id() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ids++
	return strconv.FormatInt(f.ids, 10)
}

// channel is the id of a place, made when it is first asked for.
func (f *fake) channel(p place) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	for id, known := range f.channels {
		if known == p {
			return id
		}
	}
	f.ids++
	id := strconv.FormatInt(f.ids, 10)
	f.channels[id] = p
	return id
}

// person is the id of someone with a name.
func (f *fake) person(name string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.people[name] == "" {
		f.ids++
		f.people[name] = strconv.FormatInt(f.ids, 10)
	}
	return f.people[name]
}

// accept records a message of the bot.
func (f *fake) accept(channel string, body map[string]any, ephemeral, edited bool) string {
	id := f.id()
	f.mu.Lock()
	where := f.channels[channel]
	f.mu.Unlock()
	s := seen{Ephemeral: ephemeral, Edited: edited, Raw: body, Posted: bottest.Posted{
		ID: id, Chat: where.chat, Topic: where.topic, Text: shown(body), Buttons: pressable(body), Pings: pings(body)}}
	s.Size, s.Limit = measure(body)
	if err := f.allowed(body); err != nil {
		f.t.Errorf("message that Discord would refuse: %v\n%v", err, body)
	}
	f.mu.Lock()
	f.messages[id] = body
	f.mu.Unlock()
	f.posted <- s.Posted
	f.seen <- s
	return id
}

// measure is the size of the largest text and its limit.
func measure(body map[string]any) (size, limit int) {
	if text := str(body["content"]); text != "" {
		return markdown{}.Len(text), 2000
	}
	for _, e := range list(body["embeds"]) {
		size = max(size, markdown{}.Len(str(dig(e, "description"))))
	}
	return size, 4096
}

// pings is who would be notified.
func pings(body map[string]any) []string {
	if body["allowed_mentions"] == nil {
		return []string{"everyone that the text names"}
	}
	var who []string
	for _, kind := range list(dig(body, "allowed_mentions", "parse")) {
		who = append(who, str(kind))
	}
	if dig(body, "allowed_mentions", "replied_user") == true {
		who = append(who, "the asker")
	}
	return who
}

// shown is a message as people read it.
func shown(body map[string]any) string {
	var parts []string
	add := func(v any) {
		if text := str(v); text != "" {
			parts = append(parts, unmark(text))
		}
	}
	add(body["content"])
	for _, e := range list(body["embeds"]) {
		add(dig(e, "title"))
		add(dig(e, "description"))
	}
	return strings.Join(parts, "\n\n")
}

// unmark undoes Discord's markdown: escapes, bold, italics and links.
func unmark(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		rest := text[i:]
		switch {
		case rest[0] == '\\' && len(rest) > 1:
			b.WriteByte(rest[1])
			i += 2
		case rest[0] == '*':
			i++
		case rest[0] == '[':
			i++
		case strings.HasPrefix(rest, "](<"):
			i += strings.Index(rest, ">)") + 2
		case rest[0] == '<' && strings.Contains(rest, ">"):
			end := strings.Index(rest, ">")
			b.WriteString(rest[1:end])
			i += end + 1
		case strings.HasPrefix(rest, "http://") || strings.HasPrefix(rest, "https://"):
			end := len(rest)
			if n := strings.IndexAny(rest, " \n\t<"); n >= 0 {
				end = n
			}
			b.WriteString(rest[:end])
			i += end
		default:
			b.WriteByte(rest[0])
			i++
		}
	}
	return b.String()
}

// pressable are the buttons, and the lines of menus as if they were some.
func pressable(body map[string]any) []bottest.Button {
	var buttons []bottest.Button
	for _, row := range list(body["components"]) {
		for _, c := range list(dig(row, "components")) {
			id := str(dig(c, "custom_id"))
			if label := str(dig(c, "label")); label != "" {
				buttons = append(buttons, bottest.Button{Label: label, Data: id})
			}
			for _, o := range list(dig(c, "options")) {
				buttons = append(buttons, bottest.Button{Label: str(dig(o, "label")), Data: id + "\x00" + str(dig(o, "value"))})
			}
		}
	}
	return buttons
}

func list(v any) []any { l, _ := v.([]any); return l }
func str(v any) string { s, _ := v.(string); return s }

func dig(v any, path ...string) any {
	for _, key := range path {
		m, _ := v.(map[string]any)
		v = m[key]
	}
	return v
}

func object(t testing.TB, data []byte) map[string]any {
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil && len(data) > 0 {
		t.Errorf("body is no object: %v", err)
	}
	return m
}
