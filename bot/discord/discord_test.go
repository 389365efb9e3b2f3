package discord

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
)

// running is an adapter at work.
type running struct {
	*fake
	adapter *Adapter
	log     *lockedBuffer
	stop    func() error // ends it and returns what Run returned
	wait    func() error // returns what Run returned when it ends by itself
}

type lockedBuffer struct {
	mu      sync.Mutex
	b       bytes.Buffer
	changed *changes
}

// quietBot is the suite's bot without a log.
func quietBot(t testing.TB) *bot.Bot { return bottest.Bot(t, slog.New(slog.DiscardHandler)) }

func (l *lockedBuffer) Write(p []byte) (int, error) {
	defer l.changed.tell()
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// start runs the adapter over the suite's corpus. The settings are applied
// before.
func start(t *testing.T, f *fake, r bot.Responder, settings ...func(*Adapter)) *running {
	t.Helper()
	log := &lockedBuffer{changed: &f.changed}
	logger := slog.New(slog.NewTextHandler(log, nil))
	if r == nil {
		r = bottest.Bot(t, logger)
	}
	a := f.adapter(logger)
	for _, set := range settings {
		set(a)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, r) }()
	wait := sync.OnceValue(func() error { return <-done })
	stop := func() error { cancel(); return wait() }
	t.Cleanup(func() {
		if err := stop(); err != nil && !errors.Is(err, context.Canceled) {
			var fatal *FatalError
			if !errors.As(err, &fatal) {
				t.Errorf("Run: %v", err)
			}
		}
		if t.Failed() {
			t.Log(log.String())
		}
		for _, secret := range f.Secrets() {
			if strings.Contains(log.String(), secret) {
				t.Errorf("%q stands in the log:\n%s", secret, log.String())
			}
		}
	})
	return &running{f, a, log, stop, wait}
}

var (
	channel = place{"general", "", true}
	direct  = place{"ada", "", false}
)

func TestAskInAServerIsSeenByTheAskerAloneAndCanBeShared(t *testing.T) {
	f := start(t, newFake(t), nil)
	f.command(channel, "ada", "ask", "question", bottest.PlainQuestion)
	answer := f.next()
	if !answer.Ephemeral || !strings.Contains(answer.Text, "provider") {
		t.Errorf("answer is ephemeral: %v\n%s", answer.Ephemeral, answer.Text)
	}
	share := answer.Buttons[len(answer.Buttons)-4]
	if share.Label != "Share with the channel" {
		t.Fatalf("buttons %v", answer.Buttons)
	}
	f.press(channel, "ada", share.Data)
	shared := f.next()
	if shared.Ephemeral || shared.Text != answer.Text {
		t.Errorf("shared, ephemeral %v:\n%s\ninstead of\n%s", shared.Ephemeral, shared.Text, answer.Text)
	}
	for _, b := range shared.Buttons {
		if b.Label == share.Label {
			t.Error("what is shared can be shared again")
		}
	}
}

func TestAskInADirectMessageIsPlain(t *testing.T) {
	f := start(t, newFake(t), nil)
	f.command(direct, "ada", "ask", "question", bottest.PlainQuestion)
	if answer := f.next(); answer.Ephemeral {
		t.Error("ephemeral")
	}
}

func TestSuggestionsLeadToTheirSnippet(t *testing.T) {
	f := start(t, newFake(t), nil)
	list := f.Suggest("how do ow")
	if len(list) == 0 {
		t.Fatal("none")
	}
	f.Pick(list[0])
	if answer := f.next(); !strings.HasPrefix(answer.Text, list[0].Title) || !answer.Ephemeral {
		t.Errorf("%q leads to\n%s", list[0].Title, answer.Text)
	}
}

func TestAMessagesMenuFindsAHandout(t *testing.T) {
	f := start(t, newFake(t), nil)
	f.interact(channel, 2, "ada", map[string]any{"id": "1", "name": findCommand, "type": 3, "target_id": "77",
		"resolved": map[string]any{"messages": map[string]any{"77": map[string]any{"id": "77", "content": bottest.PlainQuestion,
			"author": map[string]any{"id": "78"}, "components": []any{map[string]any{"type": 99}}}}}})
	if answer := f.next(); !answer.Ephemeral || !strings.Contains(strings.ToLower(answer.Text), "owl") {
		t.Errorf("ephemeral %v:\n%s", answer.Ephemeral, answer.Text)
	}
}

func TestOnlyWhatIsMeantForTheBotIsAnswered(t *testing.T) {
	f := start(t, newFake(t), nil)
	ask := func(change func(map[string]any)) {
		m := f.message(bottest.Say{Chat: "general", Group: true, Mention: true, Text: bottest.PlainQuestion})
		change(m)
		f.event(0, "MESSAGE_CREATE", m)
	}
	ask(func(m map[string]any) { m["content"], m["mentions"] = "how do owls hear", []any{} })
	ask(func(m map[string]any) { m["author"].(map[string]any)["bot"] = true })
	ask(func(m map[string]any) { m["webhook_id"] = "1" })
	ask(func(m map[string]any) { m["type"] = 7 })
	ask(func(m map[string]any) { m["author"] = map[string]any{"id": fakeUser} })
	ask(func(m map[string]any) { delete(m, "author") })
	ask(func(m map[string]any) { // a reply that mentions nobody comes without its text
		m["type"], m["content"], m["mentions"] = 19, "", []any{}
		m["referenced_message"] = map[string]any{"id": "1", "author": map[string]any{"id": fakeUser}}
	})
	ask(func(m map[string]any) { // a component that no library knows
		m["components"] = []any{map[string]any{"type": 99, "new": true}}
		m["content"] = "<@!" + fakeUser + "> " + bottest.LongQuestion
	})
	if answer := f.next(); !strings.Contains(strings.ToLower(answer.Text), "river") {
		t.Errorf("answered:\n%s", answer.Text)
	}
}

func TestRegionIsKeptForThePersonAlone(t *testing.T) {
	f := start(t, newFake(t), nil)
	f.command(channel, "ada", "region")
	regions := f.next().Buttons
	if len(regions) < 2 {
		t.Skipf("the suite's corpus has %d regions", len(regions))
	}
	f.press(channel, "ada", regions[0].Data)
	f.next()
	f.command(channel, "ada", "ask", "question", bottest.EmergencyText)
	own := f.next().Text
	f.command(channel, "bob", "ask", "question", bottest.EmergencyText)
	all := f.next().Text
	if len(own) >= len(all) || !strings.Contains(all, regions[1].Label+":") || strings.Contains(own, regions[1].Label+":") {
		t.Errorf("with a region:\n%s\nwithout:\n%s", own, all)
	}
}

func TestASlowTurnIsDeferredAndThenAnswered(t *testing.T) {
	f := newFake(t)
	release := make(chan struct{})
	slow := slowBot{quietBot(t), release}
	r := start(t, f, slow, func(a *Adapter) { a.deferAfter = 1 })
	ticket := r.command(channel, "ada", "ask", "question", bottest.LongQuestion)
	r.await(ticket.acked)
	close(release)
	for n := 0; ; n++ {
		page := r.next()
		if page.Edited != (n == 0) || !page.Ephemeral {
			t.Errorf("page %d: edited %v, ephemeral %v", n, page.Edited, page.Ephemeral)
		}
		if len(page.Buttons) > 0 {
			break
		}
	}
}

// slowBot answers questions when it is let go.
type slowBot struct {
	*bot.Bot
	release <-chan struct{}
}

func (s slowBot) Respond(ctx context.Context, m bot.Message) bot.Reply {
	if !strings.HasPrefix(m.Text, "/") {
		<-s.release
	}
	return s.Bot.Respond(ctx, m)
}

func TestAFullQueueIsToldToThePerson(t *testing.T) {
	f := newFake(t)
	release := make(chan struct{})
	r := start(t, f, slowButBusy{slowBot{quietBot(t), release}})
	r.eventually("commands are set", func() bool { return r.called("PUT /applications") == 1 })
	for range perLane + 1 {
		r.Say(bottest.Say{Chat: "ada", Text: bottest.PlainQuestion})
	}
	if busy := r.next(); !strings.Contains(busy.Text, "Too many questions") && !strings.Contains(strings.ToLower(busy.Text), "busy") {
		t.Errorf("instead of words for a full queue:\n%s", busy.Text)
	}
	close(release)
	for range perLane {
		r.next()
	}
}

type slowButBusy struct{ slowBot }

func (s slowButBusy) Respond(ctx context.Context, m bot.Message) bot.Reply {
	if m.Hold == bot.Crowded {
		return s.Bot.Respond(ctx, m)
	}
	return s.slowBot.Respond(ctx, m)
}

func TestOrderOfAChannelIsKept(t *testing.T) {
	f := start(t, newFake(t), nil)
	questions := []string{bottest.PlainQuestion, bottest.HostileQuery, bottest.EmergencyText}
	var want []string
	for n := range 24 {
		f.Say(bottest.Say{Chat: "ada", Text: questions[n%3]})
		if n < 3 {
			want = append(want, f.next().Text)
			continue
		}
	}
	for n := 3; n < 24; n++ {
		if got := f.next().Text; got != want[n%3] {
			t.Fatalf("message %d out of order", n)
		}
	}
}

func TestStopFinishesWhatWasAccepted(t *testing.T) {
	f := newFake(t)
	release := make(chan struct{})
	r := start(t, f, slowBot{quietBot(t), release})
	r.Say(bottest.Say{Chat: "ada", Text: bottest.PlainQuestion})
	r.eventually("the question is taken", func() bool { return r.gateway.count(opIdentify) == 1 && r.called("PUT") == 1 })
	r.Say(bottest.Say{Chat: "bob", Text: "/help"})
	r.next() // so the first one was taken before it
	stopped := make(chan error)
	go func() { stopped <- r.stop() }()
	r.eventually("goodbye", func() bool {
		r.gateway.mu.Lock()
		defer r.gateway.mu.Unlock()
		return len(r.gateway.closed) == 1
	})
	if code := r.gateway.closed[0]; code != 1000 {
		t.Errorf("closed with %d", code)
	}
	close(release)
	if answer := r.next(); answer.Chat != "ada" {
		t.Errorf("answered %q", answer.Chat)
	}
	if err := <-stopped; err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestAQuestionMayBeginWithTheBotsName(t *testing.T) {
	f := start(t, newFake(t), nil)
	f.command(channel, "ada", "ask", "question", "handout "+bottest.EmergencyText)
	if p := f.next(); !strings.Contains(p.Text, "Call for help now") {
		t.Errorf("answered:\n%s", p.Text)
	}
}
