package discord

import (
	"sync"
	"time"
)

// next waits for a message of the bot.
func (f *fake) next() seen {
	f.t.Helper()
	select {
	case s := <-f.seen:
		return s
	case <-time.After(20 * time.Second):
		f.t.Fatal("the bot posts nothing")
		return seen{}
	}
}

// eventually waits for a condition on what the fake or the log has seen.
func (f *fake) eventually(what string, ok func() bool) {
	f.t.Helper()
	limit := time.After(20 * time.Second)
	for {
		changed := f.changed.next()
		if ok() {
			return
		}
		select {
		case <-changed:
		case <-limit:
			f.t.Fatalf("never happened: %s", what)
		}
	}
}

// changes wakes those who wait for one.
type changes struct {
	mu   sync.Mutex
	wake chan struct{}
}

// next is closed at the next change.
func (c *changes) next() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.wake == nil {
		c.wake = make(chan struct{})
	}
	return c.wake
}

func (c *changes) tell() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.wake != nil {
		close(c.wake)
		c.wake = nil
	}
}
