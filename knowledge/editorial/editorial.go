// Package editorial is how a corpus changes: draft, lint, gate, review,
// publish, and back.
//
// An [Editor] stands between a store and everybody else. To patients it is the
// bot: it answers from one immutable [Edition], which holds the published
// corpus with its index, and swaps it for the next when something is
// published; nobody waits, and nobody sees half a change. To moderators it is
// the desk: every act is a method that takes the [Person] who acts, whose
// rights the caller has just asked their platform for, and writes what was done
// to the store before it returns. What may be told to a moderator is a
// [Refusal]; any other error is ours.
//
// Before a draft is published its [Report] says what is wrong with it and which
// answers would change. Everything that follows from the store alone, the
// editor follows from the store: other processes may write to it, and after a
// kill it goes on from there.
//
// # Speed
//
// With 1,000 snippets, whose 25,400 wordings are all asked, and the other work of
// a busy machine on two shared cores (BenchmarkPublish): from the click to the
// text being sent 3 ms, and 0.6 ms for the slowest of those who ask meanwhile.
// That is so because the draft has been examined before: when it was put
// forward, when somebody looked, and after each publish again for the three
// drafts that have waited longest ([Editor.Run]). The examination itself takes
// 4 s of processor time, on all cores: 0.4 s to read, check and index the corpus,
// the rest to ask. The answers before are asked once for an edition and a day.
package editorial

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"handout/knowledge/store"
)

// Config is what an editor needs.
type Config struct {
	Log   *slog.Logger
	Now   func() time.Time
	Store store.Store
}

// Editor serves a corpus and changes it. It is safe for concurrent use.
type Editor struct {
	Config
	state   atomic.Pointer[store.State]
	edition atomic.Pointer[Edition]
	act     sync.Mutex // held while something is written or taken over from the store
	reports reports
}

// Open makes an editor that serves what the store holds. The store must hold a
// corpus that can be served; see [Seed].
func Open(ctx context.Context, c Config) (*Editor, error) {
	e := &Editor{Config: c}
	e.state.Store(store.NewState())
	if err := e.Refresh(ctx); err != nil {
		return nil, err
	}
	return e, nil
}

// Edition is what is served now.
func (e *Editor) Edition() *Edition { return e.edition.Load() }

// State is what the store's events come to. It must not be changed.
func (e *Editor) State() *store.State { return e.state.Load() }

// Refresh takes over what was written to the store meanwhile, by this process
// or another.
func (e *Editor) Refresh(ctx context.Context) error {
	e.act.Lock()
	defer e.act.Unlock()
	return e.refresh(ctx)
}

func (e *Editor) refresh(ctx context.Context) error {
	state, err := e.catchUp(ctx)
	if err != nil {
		return fmt.Errorf("follow the store: %w", err)
	}
	now := e.edition.Load()
	if now != nil && now.Served == state.Served && now.day.Equal(e.today()) {
		e.state.Store(state)
		return nil
	}
	next, err := e.build(ctx, now, state, nil)
	if err != nil {
		return err
	}
	e.serve(state, next)
	return nil
}

func (e *Editor) serve(state *store.State, next *Edition) {
	e.state.Store(state)
	e.edition.Store(next)
	e.Log.Info("edition", "served", next.Served, "snippets", len(next.Corpus.Snippets), "withdrawn", len(state.Withdrawn))
}

// catchUp is the state with the events that came meanwhile.
func (e *Editor) catchUp(ctx context.Context) (*store.State, error) {
	state, copied := e.state.Load(), false
	for event, err := range e.Store.Events(ctx, state.Seq) {
		if err != nil {
			return nil, err
		}
		if !copied {
			state, copied = state.Clone(), true
		}
		state.Apply(event)
	}
	return state, nil
}

// commit writes a change and takes it over.
func (e *Editor) commit(ctx context.Context, c store.Change) (store.Written, error) {
	e.act.Lock()
	defer e.act.Unlock()
	written, err := e.Store.Commit(ctx, c)
	if err != nil {
		return written, stale(err)
	}
	e.follow(ctx, e.refresh)
	return written, nil
}

// follow takes over what has just been written, also if whoever wrote it has
// gone. It holds even if that fails: [Editor.Run] tries again.
func (e *Editor) follow(ctx context.Context, take func(context.Context) error) {
	if err := take(context.WithoutCancel(ctx)); err != nil {
		e.Log.ErrorContext(ctx, "what was written cannot be followed yet; what was served last is served on", "err", err)
	}
}

// Run follows the store, at each tick until ctx ends, and looks ahead.
func (e *Editor) Run(ctx context.Context, tick <-chan time.Time) error {
	ahead := make(chan struct{}, 1)
	var looking sync.WaitGroup
	looking.Go(func() {
		for range ahead {
			e.lookAhead(ctx)
		}
	})
	defer looking.Wait()
	defer close(ahead)
	for {
		if err := e.Refresh(ctx); err != nil && ctx.Err() == nil {
			e.Log.ErrorContext(ctx, "the store cannot be followed; what was served last is served on", "err", err)
		}
		select {
		case ahead <- struct{}{}:
		default: // it is still looking
		}
		select {
		case <-tick:
		case <-ctx.Done():
			return nil
		}
	}
}
