package discord

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
	"handout/bot/bottest"
	"handout/index"
	"handout/knowledge"
)

// BenchmarkMessage is the time from a message on the gateway to its accepted
// reply, over the starter corpus, with the limits lifted. "adapter alone" is without
// the search, and "bare discordgo" does nothing but echo, on the same fake.
func BenchmarkMessage(b *testing.B) {
	core := starterBot(b)
	for _, channels := range []int{1, 32, 500} {
		b.Run(fmt.Sprintf("handout/channels=%d", channels), func(b *testing.B) { benchAdapter(b, core, channels) })
		b.Run(fmt.Sprintf("adapter alone/channels=%d", channels), func(b *testing.B) { benchAdapter(b, remember(b, core), channels) })
		b.Run(fmt.Sprintf("bare discordgo/channels=%d", channels), func(b *testing.B) {
			f := benchFake(b)
			s := bareBot(b, f)
			measureReplies(b, f, channels)
			if err := s.Close(); err != nil {
				b.Error(err)
			}
		})
	}
}

func benchAdapter(b *testing.B, r bot.Responder, channels int) {
	f := benchFake(b)
	a := New(slog.New(slog.DiscardHandler), Config{Token: f.token, API: f.server.URL, Rate: 1_000_000_000})
	ctx, stop := context.WithCancel(b.Context())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, r) }()
	measureReplies(b, f, channels)
	stop()
	<-done
}

// memory answers without a search.
type memory map[string]bot.Reply

func (m memory) Respond(_ context.Context, q bot.Message) bot.Reply { return m[q.Text] }

func remember(b *testing.B, core *bot.Bot) memory {
	m := memory{}
	for _, q := range append([]string{"/help"}, benchQuestions...) {
		m[q] = core.Respond(b.Context(), bot.Message{Text: q})
	}
	for _, c := range bot.Commands {
		m["/"+c.Name] = m["/help"]
	}
	return m
}

// starterBot is the real core over the starter corpus.
func starterBot(b testing.TB) *bot.Bot {
	c, err := knowledge.Open("")
	if err != nil {
		b.Fatal(err)
	}
	x, err := index.Build(b.Context(), c)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { x.Close() })
	return bot.New(slog.New(slog.DiscardHandler), bottest.Now, c, x)
}

// benchFake accepts everything and looks at nothing.
func benchFake(b *testing.B) *fake {
	f := newFake(b)
	f.spec = nil
	f.quick = new(atomic.Int64)
	return f
}

// bareBot echoes with discordgo as it comes.
func bareBot(b *testing.B, f *fake) *discordgo.Session {
	s, err := discordgo.New("Bot " + f.token)
	if err != nil {
		b.Fatal(err)
	}
	base, err := parseBase(f.server.URL)
	if err != nil {
		b.Fatal(err)
	}
	own := newAPI(Config{})
	inner := own.client.Transport.(*transport)
	s.Client.Transport = &transport{base: base, next: inner.next, buckets: &buckets{}}
	s.Identify.Token = f.token
	s.Identify.Intents = intents
	s.ShouldReconnectOnError = false // when the fake is gone
	s.AddHandler(func(s *discordgo.Session, m *discordgo.MessageCreate) {
		if _, err := s.ChannelMessageSend(m.ChannelID, m.Content); err != nil {
			b.Error(err)
		}
	})
	if err := s.Open(); err != nil {
		b.Fatal(err)
	}
	return s
}

var benchQuestions = []string{"what are JAK inhibitors", "is eczema contagious", "how do I use moisturisers", "can I take a bath with eczema"}

// measureReplies keeps one question of each channel under way.
func measureReplies(b *testing.B, f *fake, channels int) {
	events := make([]map[string]any, channels)
	for c := range channels {
		events[c] = f.message(bottest.Say{Chat: fmt.Sprint(c), Text: benchQuestions[c%len(benchQuestions)]})
	}
	f.onQuick = make(chan string, channels)
	byChannel := map[string]map[string]any{}
	for _, e := range events {
		byChannel["/channels/"+e["channel_id"].(string)+"/messages"] = e
	}
	f.event(0, "MESSAGE_CREATE", events[0])
	<-f.onQuick // connected
	before := cpu()
	b.ResetTimer()
	start := time.Now()
	sent := 0
	for ; sent < min(channels, b.N); sent++ {
		f.event(0, "MESSAGE_CREATE", events[sent])
	}
	for range b.N {
		path := <-f.onQuick
		if sent < b.N {
			f.event(0, "MESSAGE_CREATE", byChannel[strings.TrimSpace(path)])
			sent++
		}
	}
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "replies/s")
	b.ReportMetric(float64((cpu()-before).Microseconds())/float64(b.N), "cpu-µs/op")
}

// cpu is what this process has used, the fake's share included.
func cpu() time.Duration {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
