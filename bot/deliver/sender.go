package deliver

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Refusal is how a platform turned a call down.
type Refusal struct {
	Err       error
	Permanent bool          // trying again does not help: blocked, no permission, deleted
	After     time.Duration // how long the platform asks to wait; 0 if it does not say
	Global    bool          // the wait holds for every chat
}

// Error is that of the call.
func (r *Refusal) Error() string { return r.Err.Error() }

// Unwrap returns the error of the call.
func (r *Refusal) Unwrap() error { return r.Err }

// Sender makes calls to one platform. Its zero value has no limits and tries
// once.
type Sender struct {
	Global *rate.Limiter                  // over all calls; nil means no limit
	PerKey func(key string) *rate.Limiter // makes the limiter of a new chat; nil means no limit
	Tries  int                            // at most
	// Backoff is the wait before the second try, doubled for each further one
	// up to [MaxBackoff] and spread at random; the platform's own word comes
	// first.
	Backoff time.Duration
	// MaxWait is the longest wait that the platform may ask for; a call that
	// would have to wait longer fails. 0 means any.
	MaxWait time.Duration
	// Slots bounds how many calls run at a time, so that none needs a new
	// connection; nil means no bound.
	Slots chan struct{}
	Sleep func(ctx context.Context, d time.Duration) error // nil means to wait in real time

	mu    sync.Mutex
	chats map[string]*chat
	all   time.Time // no call before
}

// chat is what is remembered of one chat.
type chat struct {
	limiter *rate.Limiter
	paused  time.Time // no call before
}

const (
	// mostChats is how many chats are remembered.
	mostChats = 10_000
	// MaxBackoff is the longest wait that the platform did not ask for.
	MaxBackoff = 30 * time.Second
)

// Do makes a call for a chat, waiting for the limits. A call returns nil, or a
// [*Refusal]; any other error counts as one that may pass.
func (s *Sender) Do(ctx context.Context, key string, call func(context.Context) error) error {
	for try := 1; ; try++ {
		if err := s.wait(ctx, key); err != nil {
			return err
		}
		err := s.run(ctx, call)
		if err == nil {
			return nil
		}
		refusal := asRefusal(err)
		tooLong := s.MaxWait > 0 && refusal.After > s.MaxWait
		if refusal.Permanent || tooLong || try >= s.Tries || ctx.Err() != nil {
			return fmt.Errorf("after %d tries: %w", try, err)
		}
		if refusal.After > 0 {
			s.pause(key, refusal)
			continue // wait sees to it, for this call and for others
		}
		if err := s.sleep(ctx, Backoff(s.Backoff, try)); err != nil {
			return err
		}
	}
}

// run makes the call when there is a slot for it.
func (s *Sender) run(ctx context.Context, call func(context.Context) error) error {
	if s.Slots == nil {
		return call(ctx)
	}
	select {
	case s.Slots <- struct{}{}:
		defer func() { <-s.Slots }()
		return call(ctx)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func asRefusal(err error) *Refusal {
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		refusal = &Refusal{Err: err}
	}
	return refusal
}

// Backoff is the wait after the given number of failed tries: from half of
// first·2^(tries-1), at most [MaxBackoff], to all of it.
func Backoff(first time.Duration, tries int) time.Duration {
	full := min(first<<min(tries-1, 20), MaxBackoff)
	if full <= 0 {
		return 0
	}
	return full/2 + rand.N(full/2+1)
}

// pause keeps every call to the chat waiting. When a second chat is told to
// wait while the first still does, the limit over all of them is meant: a
// platform does not always say so.
func (s *Sender) pause(key string, r *Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	until := now.Add(r.After)
	others := 0
	for k, c := range s.chats {
		if k != key && c.paused.After(now) {
			others++
		}
	}
	c := s.chat(key)
	c.paused = later(c.paused, until)
	if r.Global || others > 0 {
		s.all = later(s.all, until)
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// wait returns when neither a pause nor a limit stands against a call.
func (s *Sender) wait(ctx context.Context, key string) error {
	for {
		pause, limiter := s.state(key)
		if pause <= 0 {
			return s.limits(ctx, limiter)
		}
		if err := s.sleep(ctx, pause); err != nil {
			return err
		}
		if s.Sleep != nil { // its clock is not ours
			return s.limits(ctx, limiter)
		}
	}
}

func (s *Sender) limits(ctx context.Context, perChat *rate.Limiter) error {
	for _, l := range []*rate.Limiter{perChat, s.Global} {
		if l == nil {
			continue
		}
		if err := l.Wait(ctx); err != nil {
			return fmt.Errorf("wait for the limit: %w", err)
		}
	}
	return ctx.Err()
}

func (s *Sender) state(key string) (pause time.Duration, l *rate.Limiter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.PerKey == nil && s.all.IsZero() && len(s.chats) == 0 {
		return 0, nil
	}
	c := s.chat(key)
	return time.Until(later(s.all, c.paused)), c.limiter
}

// chat returns what is remembered of a chat. The lock is held.
func (s *Sender) chat(key string) *chat {
	if c, ok := s.chats[key]; ok {
		return c
	}
	if s.chats == nil || len(s.chats) >= mostChats {
		s.forget()
	}
	c := &chat{}
	if s.PerKey != nil {
		c.limiter = s.PerKey(key)
	}
	s.chats[key] = c
	return c
}

// forget keeps only the chats that must still wait. The others get at most one
// burst more than they should.
func (s *Sender) forget() {
	now := time.Now()
	kept := map[string]*chat{}
	for key, c := range s.chats {
		if c.paused.After(now) {
			kept[key] = c
		}
	}
	s.chats = kept
}

func (s *Sender) sleep(ctx context.Context, d time.Duration) error {
	if s.Sleep != nil {
		return s.Sleep(ctx, d)
	}
	return Sleep(ctx, d)
}

// Sleep waits, or returns the context's error when that ends first.
func Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
