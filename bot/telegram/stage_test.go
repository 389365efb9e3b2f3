package telegram

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"handout/bot"
	"handout/bot/bottest"
)

var discard = slog.New(slog.DiscardHandler)

const holdText = "hold on"

// stage is a running adapter with the real core behind it.
type stage struct {
	*bot.Bot
	t      testing.TB
	cancel context.CancelFunc
	ended  chan error
	heard  chan bot.Message
	gate   chan struct{} // "hold on" waits until this is closed
}

func (s *stage) Respond(ctx context.Context, m bot.Message) bot.Reply {
	s.heard <- m
	if m.Text == holdText {
		select {
		case <-s.gate:
		case <-ctx.Done():
		}
	}
	return s.Bot.Respond(ctx, m)
}

func newStage(t testing.TB, a bot.Adapter) *stage {
	return newStageWith(t, a, func(s *stage) bot.Responder { return s })
}

// newStageWith puts something between the adapter and the core.
func newStageWith(t testing.TB, a bot.Adapter, between func(*stage) bot.Responder) *stage {
	ctx, cancel := context.WithCancel(context.Background())
	s := &stage{Bot: bottest.Bot(t, discard), t: t, cancel: cancel, ended: make(chan error, 1),
		heard: make(chan bot.Message, 10_000), gate: make(chan struct{})}
	stopped := make(chan struct{})
	go func() {
		s.ended <- a.Run(ctx, between(s))
		close(stopped)
	}()
	t.Cleanup(func() {
		cancel()
		<-stopped
	})
	return s
}

const patience = 30 * time.Second

func (s *stage) wait() error {
	s.t.Helper()
	select {
	case err := <-s.ended:
		return err
	case <-time.After(patience):
		s.t.Fatal("the adapter goes on")
		return nil
	}
}

func (s *stage) hear() bot.Message {
	s.t.Helper()
	select {
	case m := <-s.heard:
		return m
	case <-time.After(patience):
		s.t.Fatal("nothing reaches the core")
		return bot.Message{}
	}
}

// next is the next message that the bot posts.
func (f *fake) next() bottest.Posted {
	f.t.Helper()
	select {
	case p := <-f.posted:
		return p
	case <-time.After(patience):
		f.t.Fatal("the bot posts nothing")
		return bottest.Posted{}
	}
}

// ask asks and reads the answer.
func (f *fake) ask(s *stage, chat, text string) bottest.Posted {
	f.t.Helper()
	f.Say(bottest.Say{Chat: chat, Text: text})
	p := f.next()
	if p.Chat != chat {
		f.t.Errorf("answered in %q, want %q", p.Chat, chat)
	}
	return p
}

func (f *fake) count(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[method]
}

func (f *fake) answer401(method string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answerTo[method] = func(w http.ResponseWriter) { refuse(w, 401, "Unauthorized", nil) }
}

// awaitState waits until a condition on the fake holds, looking at each call.
func (f *fake) awaitState(holds func() bool) {
	f.t.Helper()
	deadline := time.After(patience)
	for {
		f.mu.Lock()
		ok, seen := holds(), f.seen
		f.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-seen:
		case <-deadline:
			f.t.Fatal("what must become so does not")
		}
	}
}

// logBuffer is a log that can be waited for.
type logBuffer struct {
	mu      sync.Mutex
	b       bytes.Buffer
	changed chan struct{}
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.changed != nil {
		close(l.changed)
		l.changed = nil
	}
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *logBuffer) logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

func (l *logBuffer) await(t *testing.T, text string) {
	t.Helper()
	deadline := time.After(patience)
	for {
		l.mu.Lock()
		there := strings.Contains(l.b.String(), text)
		if l.changed == nil {
			l.changed = make(chan struct{})
		}
		changed := l.changed
		l.mu.Unlock()
		if there {
			return
		}
		select {
		case <-changed:
		case <-deadline:
			t.Fatalf("the log never says %q:\n%s", text, l)
		}
	}
}
