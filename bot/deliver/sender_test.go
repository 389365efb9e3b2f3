package deliver

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"
)

var errNo = errors.New("no")

// failing refuses the first calls.
func failing(refusals ...error) func(context.Context) error {
	return func(context.Context) error {
		if len(refusals) == 0 {
			return nil
		}
		err := refusals[0]
		refusals = refusals[1:]
		return err
	}
}

func TestSenderTriesAgainWhereThatHelps(t *testing.T) {
	for _, tc := range []struct {
		name       string
		call       func(context.Context) error
		ok         bool
		least, top time.Duration
	}{
		{"at once", failing(), true, 0, 0},
		{"an error that passes", failing(errNo, errNo), true, 1500 * time.Millisecond, 3 * time.Second},
		{"asked to wait", failing(&Refusal{Err: errNo, After: 30 * time.Second}), true, 30 * time.Second, 30 * time.Second},
		{"wrapped", failing(fmt.Errorf("x: %w", &Refusal{Err: errNo, Permanent: true})), false, 0, 0},
		{"for good", failing(&Refusal{Err: errNo, Permanent: true}), false, 0, 0},
		{"too long a wait", failing(&Refusal{Err: errNo, After: time.Hour}), false, 0, 0},
		{"no end of it", failing(errNo, errNo, errNo, errNo, errNo), false, 3500 * time.Millisecond, 7 * time.Second},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &Sender{Tries: 4, Backoff: time.Second, MaxWait: time.Minute}
				start := time.Now()
				err := s.Do(t.Context(), "a", tc.call)
				if (err == nil) != tc.ok || err != nil && !errors.Is(err, errNo) {
					t.Errorf("err = %v, want ok: %t", err, tc.ok)
				}
				if took := time.Since(start); took < tc.least || took > tc.top {
					t.Errorf("took %v, want %v to %v", took, tc.least, tc.top)
				}
			})
		})
	}
}

func TestSenderKeepsToTheLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Sender{
			Global: rate.NewLimiter(30, 1),
			PerKey: func(string) *rate.Limiter { return rate.NewLimiter(1, 1) },
			Tries:  1,
		}
		start := time.Now()
		for range 3 {
			if err := s.Do(t.Context(), "a", failing()); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start).Round(time.Millisecond); took != 2*time.Second {
			t.Errorf("three calls to one chat took %v, want 2s", took)
		}
		start = time.Now()
		for i := range 61 {
			if err := s.Do(t.Context(), fmt.Sprint("b", i), failing()); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start).Round(100 * time.Millisecond); took != 2*time.Second {
			t.Errorf("61 chats took %v, want 2s", took)
		}
	})
}

func TestAWaitOfOneChatDoesNotHoldOthersUpButTwoDo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Sender{Tries: 2}
		done := make(chan struct{})
		wait := func(key string, d time.Duration) {
			if err := s.Do(t.Context(), key, failing(&Refusal{Err: errNo, After: d})); err != nil {
				t.Error(err)
			}
			done <- struct{}{}
		}
		start := time.Now()
		go wait("a", 20*time.Second)
		synctest.Wait()
		if err := s.Do(t.Context(), "b", failing()); err != nil || time.Since(start) != 0 {
			t.Errorf("another chat waited %v: %v", time.Since(start), err)
		}
		go wait("c", 10*time.Second)
		synctest.Wait()
		if err := s.Do(t.Context(), "b", failing()); err != nil || time.Since(start) != 10*time.Second {
			t.Errorf("a limit over all was kept for %v, want 10s: %v", time.Since(start), err)
		}
		<-done
		<-done
		if took := time.Since(start); took != 20*time.Second {
			t.Errorf("the first chat waited %v, want 20s", took)
		}
	})
}

func TestSenderStopsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		s := &Sender{Tries: 10, Backoff: time.Minute}
		start := time.Now()
		if err := s.Do(ctx, "a", failing(errNo, errNo)); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > time.Second {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
	})
}

func TestSenderForgetsChats(t *testing.T) {
	s := &Sender{Tries: 1, PerKey: func(string) *rate.Limiter { return rate.NewLimiter(1, 1) }}
	for i := range mostChats + 10 {
		if err := s.Do(t.Context(), fmt.Sprint(i), failing()); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.chats); n > mostChats {
		t.Errorf("%d chats are remembered", n)
	}
}

// Calls beyond the slots wait for one, and leave when they are called off.
func TestSenderBoundsCallsAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Sender{Slots: make(chan struct{}, 2)}
		running, release := make(chan struct{}, 3), make(chan struct{})
		call := func(context.Context) error {
			running <- struct{}{}
			<-release
			return nil
		}
		ctx, cancel := context.WithCancel(t.Context())
		for range 2 {
			go s.Do(t.Context(), "", call)
		}
		synctest.Wait()
		left := make(chan error, 1)
		go func() { left <- s.Do(ctx, "", call) }()
		synctest.Wait()
		if len(running) != 2 {
			t.Errorf("%d calls run at a time, want 2", len(running))
		}
		cancel()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("called off while waiting: %v", err)
		}
		close(release)
		synctest.Wait()
		if err := s.Do(t.Context(), "", func(context.Context) error { return nil }); err != nil {
			t.Errorf("with free slots: %v", err)
		}
	})
}
