package discord

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"handout/bot/deliver"
)

// reach asks for the gateway until there is an answer.
func (a *Adapter) reach(ctx context.Context) (*discordgo.GatewayBotResponse, error) {
	for try := 1; ; try++ {
		g, err := a.api.gateway(ctx)
		if err == nil {
			return g, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if fatal, ok := asFatal(err); ok {
			return nil, fatal
		}
		wait := backoff(try)
		var refusal *deliver.Refusal
		if errors.As(err, &refusal) && refusal.After > 0 {
			wait = refusal.After
		}
		a.log.Warn("discord cannot be reached, trying again", "surface", a.Name(), "err", err, "wait", wait.Round(time.Millisecond).String())
		if err := a.sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

// Waits before connecting again.
const (
	firstBackoff = time.Second
	mostBackoff  = time.Minute
)

// backoff is the wait before another try, spread so that a thousand bots do not
// come back at the same moment.
func backoff(failures int) time.Duration {
	full := min(firstBackoff<<min(failures-1, 10), mostBackoff)
	return full/2 + rand.N(full/2+1)
}

// starter spaces the starts of sessions as Discord demands: one in 5 s for each
// of its lanes, and so many a day.
type starter struct {
	log   *slog.Logger
	sleep func(context.Context, time.Duration) error

	mu    sync.Mutex
	next  map[int]time.Time // by lane
	lanes int
	total int // 0 if the server does not say
	left  int
	from  time.Time // when what is left may be spent
	reset time.Time // when there are as many as in total again
}

// startInterval is how far apart Discord wants two starts of a lane, with some
// time for the way.
const startInterval = 5250 * time.Millisecond

func newStarter(log *slog.Logger, limit discordgo.SessionInformation, sleep func(context.Context, time.Duration) error) *starter {
	return &starter{
		log:   log,
		sleep: sleep,
		next:  map[int]time.Time{},
		lanes: max(limit.MaxConcurrency, 1),
		total: limit.Total,
		left:  limit.Remaining,
		reset: time.Now().Add(time.Duration(limit.ResetAfter) * time.Millisecond),
	}
}

// wait returns when a shard may start a session.
func (s *starter) wait(ctx context.Context, shard int) error {
	wait := time.Until(s.reserve(shard))
	if wait <= 0 {
		return ctx.Err()
	}
	if wait > longStart {
		s.log.Warn("discord allows no further start of a session for now", "shard", shard, "wait", wait.Round(time.Second).String())
	}
	return s.sleep(ctx, wait)
}

// longStart is a wait that an operator should know of.
const longStart = time.Minute

// reserve takes the next free moment.
func (s *starter) reserve(shard int) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := time.Now()
	if s.total > 0 {
		at = s.spend(at)
	}
	lane := shard % s.lanes
	if next := s.next[lane]; next.After(at) {
		at = next
	}
	s.next[lane] = at.Add(startInterval)
	return at
}

// spend takes one of the day's starts and returns when it may be made. The lock
// is held.
func (s *starter) spend(at time.Time) time.Time {
	if at.After(s.reset) {
		s.left, s.reset = s.total, at.Add(24*time.Hour)
	}
	if s.left <= 0 {
		s.left, s.from, s.reset = s.total, s.reset, s.reset.Add(24*time.Hour)
	}
	s.left--
	if s.from.After(at) {
		return s.from
	}
	return at
}
