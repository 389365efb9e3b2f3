package bottest

import (
	"context"
	"log/slog"
	"sync"
	"testing"

	"handout/bot"
	"handout/knowledge"
)

// Live is the real core over the suite's corpus, from which snippets can be
// withdrawn while it answers.
type Live struct {
	mu  sync.Mutex
	bot *bot.Bot
}

// NewLive makes one from which nothing is withdrawn.
func NewLive(t testing.TB) *Live {
	return &Live{bot: Bot(t, slog.New(slog.DiscardHandler))}
}

type withdrawn map[string]bool

func (w withdrawn) Withdrawn(s *knowledge.Snippet) bool    { return w[s.ID] }
func (w withdrawn) Edition(*knowledge.Snippet) bot.Edition { return bot.Edition{} }

// Withdraw stops snippets from being sent.
func (l *Live) Withdraw(ids ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	next := withdrawn{}
	for _, id := range ids {
		next[id] = true
	}
	l.bot = l.bot.Under(next)
}

func (l *Live) now() *bot.Bot {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.bot
}

// Respond answers as things stand.
func (l *Live) Respond(ctx context.Context, m bot.Message) bot.Reply { return l.now().Respond(ctx, m) }

// Suggest offers what may be sent as things stand.
func (l *Live) Suggest(ctx context.Context, typed bot.Message, limit int) []bot.Option {
	return l.now().Suggest(ctx, typed, limit)
}

// Preview is what an option would get.
func (l *Live) Preview(ctx context.Context, o bot.Option, region string) bot.Reply {
	return l.now().Preview(ctx, o, region)
}

// Serves reports whether a snippet may be sent.
func (l *Live) Serves(id string) bool { return l.now().Serves(id) }
