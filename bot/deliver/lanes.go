// Package deliver gets messages through a chat platform in order and at the
// pace that it allows. Adapters share it.
//
// [Lanes] runs the work of many chats side by side and that of one chat in
// order. A [Sender] waits for the platform's limits before each call, and
// tries a call again when that helps. Nothing is kept on disk.
package deliver

import (
	"context"
	"errors"
	"runtime/debug"
	"sync"
)

// ErrFull means that too much is waiting already.
var ErrFull = errors.New("queue is full")

// Lanes runs jobs: those with the same key one after another in the order in
// which they came, those with different keys at the same time.
type Lanes struct {
	// Panicked is told of a job that panicked; the lane goes on. It must be
	// set before the first job.
	Panicked func(value any, stack []byte)

	perKey int
	total  int

	mu      sync.Mutex
	idle    chan struct{} // closed when no job is left; nil while nobody waits for that
	waiting map[string][]func()
	jobs    int
}

// NewLanes bounds how many jobs may wait or run, for one key and in all.
func NewLanes(perKey, total int) *Lanes {
	return &Lanes{perKey: perKey, total: total, waiting: map[string][]func(){}}
}

// Do takes a job on, or returns [ErrFull]. It does not wait for it.
func (l *Lanes) Do(key string, job func()) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue, running := l.waiting[key]
	if l.jobs >= l.total || len(queue) >= l.perKey {
		return ErrFull
	}
	l.jobs++
	l.waiting[key] = append(queue, job)
	if !running {
		go l.run(key, job)
	}
	return nil
}

// Waiting is how many jobs of a key wait or run.
func (l *Lanes) Waiting(key string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.waiting[key])
}

// run works a lane off and ends with it.
func (l *Lanes) run(key string, job func()) {
	for job != nil {
		l.guard(job)
		job = l.next(key)
	}
}

// next takes the first job, which has been done, out of the lane and returns
// the one behind it.
func (l *Lanes) next(key string) func() {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue := l.waiting[key]
	queue[0] = nil // for the garbage collector
	queue = queue[1:]
	if len(queue) > 0 {
		l.waiting[key] = queue
	} else {
		delete(l.waiting, key)
	}
	l.jobs--
	if l.jobs == 0 && l.idle != nil {
		close(l.idle)
		l.idle = nil
	}
	if len(queue) == 0 {
		return nil
	}
	return queue[0]
}

func (l *Lanes) guard(job func()) {
	defer func() {
		if v := recover(); v != nil && l.Panicked != nil {
			l.Panicked(v, debug.Stack())
		}
	}()
	job()
}

// Wait returns when nothing waits or runs.
func (l *Lanes) Wait() { _ = l.Drain(context.Background()) }

// Drain returns when nothing waits or runs, or with the context's error.
func (l *Lanes) Drain(ctx context.Context) error {
	l.mu.Lock()
	if l.jobs == 0 {
		l.mu.Unlock()
		return nil
	}
	if l.idle == nil {
		l.idle = make(chan struct{})
	}
	idle := l.idle
	l.mu.Unlock()
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
