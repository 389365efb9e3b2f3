package bottest

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"handout/bot"
	"handout/knowledge"
)

// patience is how long the suite waits for what must come. It is a limit for
// failing tests only.
const patience = 30 * time.Second

// stage is one platform with a running adapter and the real core behind it.
type stage struct {
	t        *testing.T
	platform Platform
	core     *core
	log      *logBuffer
	stop     func() error // ends the adapter and returns what Run returned
}

// core is the real bot, with what the suite needs to watch and disturb it.
type core struct {
	*bot.Bot
	corpus *knowledge.Corpus
	footer string
	heard  chan bot.Message
	gate   chan struct{} // a message that says "hold on" waits until this is closed
}

const (
	panicText = "panic now"
	holdText  = "hold on"
)

// Respond notes the message before it answers.
func (c *core) Respond(ctx context.Context, m bot.Message) bot.Reply {
	c.heard <- m
	switch {
	case strings.Contains(m.Text, panicText):
		panic("a turn that panics")
	case strings.Contains(m.Text, holdText):
		select {
		case <-c.gate:
		case <-ctx.Done():
		}
	}
	return c.Bot.Respond(ctx, m)
}

// newStage starts a platform and an adapter on it.
func newStage(t *testing.T, f Factory) *stage {
	t.Helper()
	s := &stage{t: t, platform: f(t), log: &logBuffer{}}
	corpus := Corpus(t)
	s.core = &core{
		Bot:    Bot(t, s.logger()),
		corpus: corpus,
		footer: squash(corpus.Messages.Footer),
		heard:  make(chan bot.Message, 10_000),
		gate:   make(chan struct{}),
	}
	s.start()
	return s
}

func (s *stage) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// start runs a new adapter, as a new process would.
func (s *stage) start() {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	adapter := s.platform.Adapter(s.logger())
	ended := make(chan error, 1)
	go func() { ended <- adapter.Run(ctx, s.core) }()
	s.stop = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(patience):
			s.t.Error("the adapter does not stop")
			return nil
		}
	})
	stop := s.stop
	s.t.Cleanup(func() { _ = stop() })
}

// next is the next message that the bot posts. Every one must end with the
// footer, keep to the platform's limit, and notify nobody.
func (s *stage) next() Posted {
	s.t.Helper()
	select {
	case p := <-s.platform.Posted():
		s.check(p)
		return p
	case <-time.After(patience):
		s.t.Fatalf("the bot posts nothing; log:\n%s", s.log)
	}
	panic("unreachable")
}

func (s *stage) check(p Posted) {
	s.t.Helper()
	if !strings.HasSuffix(squash(p.Text), s.core.footer) {
		s.t.Errorf("a message without the footer at its end:\n%s", p.Text)
	}
	if p.Size > p.Limit {
		s.t.Errorf("a message of %d, the limit is %d", p.Size, p.Limit)
	}
	if len(p.Pings) > 0 {
		s.t.Errorf("a message that notifies %v:\n%s", p.Pings, p.Text)
	}
}

// hear is the next message that reaches the core.
func (s *stage) hear() bot.Message {
	s.t.Helper()
	select {
	case m := <-s.core.heard:
		return m
	case <-time.After(patience):
		s.t.Fatalf("nothing reaches the core; log:\n%s", s.log)
	}
	panic("unreachable")
}

// expect reads messages until one snippet is there in full, word for word, and
// returns them.
func (s *stage) expect(id string) []Posted {
	s.t.Helper()
	var list []Posted
	var text string
	for {
		p := s.next()
		list = append(list, p)
		text += strings.TrimSuffix(squash(p.Text), s.core.footer)
		if s.holds(text, id) {
			return list
		}
		if len(list) == 1 && !strings.Contains(text, squash(s.core.corpus.Snippet(id).Title)) {
			s.t.Fatalf("another answer than %s:\n%s", id, p.Text)
		}
	}
}

// holds reports whether a text has the snippet's body in full and in order.
func (s *stage) holds(text, id string) bool {
	for _, block := range s.core.corpus.Snippet(id).Blocks() {
		for _, item := range block.Items {
			want := squash(knowledge.PlainText(item))
			at := strings.Index(text, want)
			if at < 0 {
				return false
			}
			text = text[at+len(want):]
		}
	}
	return true
}

// squash leaves out all white space, which a platform may lay out as it likes.
func squash(s string) string { return strings.Join(strings.Fields(s), "") }

// quiet checks that nothing was posted that was not looked at: what is asked
// now, in the same chat, must be answered next.
func (s *stage) quiet(say Say) {
	s.t.Helper()
	say.Text = PlainQuestion
	s.platform.Say(say)
	s.expect(Plain)
}

// private checks that the log holds no secret, no person, and no question.
func (s *stage) private() {
	s.t.Helper()
	log := s.log.String()
	for _, secret := range append(s.platform.Secrets(), PlainQuestion, LongQuestion, HostileQuery) {
		if secret != "" && strings.Contains(log, secret) {
			s.t.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
}

// logBuffer is a log that several goroutines write.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
