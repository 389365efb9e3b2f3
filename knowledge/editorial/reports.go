package editorial

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"handout/knowledge/store"
)

// reports keeps what was examined last, because a moderator looks first and
// publishes then.
type reports struct {
	mu   sync.Mutex
	list []*pending // the one that was asked for last at the end
}

type pending struct {
	refs   []Ref
	served int64
	day    time.Time
	done   chan struct{}
	report *Report
	err    error
}

// mostReports is how many are kept. Each holds an index.
const mostReports = 4

func (e *Editor) examine(ctx context.Context, refs []Ref) (*Report, error) {
	now, state := e.Edition(), e.State()
	p, first := e.reports.find(refs, now.Served, e.today())
	if first {
		e.fulfil(context.WithoutCancel(ctx), p, now, state)
	}
	select {
	case <-p.done:
		return p.report, p.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// fulfil makes a report. Whoever waits for it is told also if that panics.
func (e *Editor) fulfil(ctx context.Context, p *pending, now *Edition, state *store.State) {
	p.err = errors.New("examine: not finished")
	defer func() {
		if p.err != nil {
			e.reports.forget(p)
		}
		close(p.done)
	}()
	p.report, p.err = e.report(ctx, now, state, p.refs)
}

// find returns a report, perhaps still in the making, and whether the caller
// has to make it.
func (r *reports) find(refs []Ref, served int64, day time.Time) (p *pending, first bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, p := range r.list {
		if p.served == served && p.day.Equal(day) && slices.Equal(p.refs, refs) {
			r.list = append(slices.Delete(r.list, i, i+1), p) // it goes last
			return p, false
		}
	}
	p = &pending{refs: refs, served: served, day: day, done: make(chan struct{})}
	r.list = append(r.list, p)
	if len(r.list) > mostReports {
		r.list = slices.Delete(r.list, 0, 1)
	}
	return p, true
}

func (r *reports) forget(p *pending) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = slices.DeleteFunc(r.list, func(other *pending) bool { return other == p })
}

// mostAhead is how many drafts are examined before somebody asks, which leaves
// room for what is looked at otherwise.
const mostAhead = mostReports - 1

// lookAhead examines the drafts that have waited longest for a person, so that
// approving and publishing need not wait for that, whatever was published last.
func (e *Editor) lookAhead(ctx context.Context) {
	waiting := e.State().Drafts(store.InReview, store.Ready)
	for _, d := range waiting[:min(len(waiting), mostAhead)] {
		if ctx.Err() != nil {
			return
		}
		_, _ = e.Examine(ctx, d.Name, d.Draft().Num) // whoever asks is told why it fails
	}
}
