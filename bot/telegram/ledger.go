package telegram

import "sync"

// ledger knows which updates were taken on and which are done. The confirmed
// offset is the largest below which all are done; the order is that in which
// they came, since Telegram may begin anew with smaller ids.
type ledger struct {
	mu    sync.Mutex
	open  []*entry // the first one is not done
	byID  map[int]*entry
	past  []int // ids of what was closed, oldest first
	next  int   // the offset to confirm; 0 before anything was done
	empty chan struct{}
}

// entry is one update.
type entry struct {
	id    int
	ended chan struct{} // closed when it was done or given up
	done  bool

	closed bool
}

// remembered is how many updates are known again when they come twice.
const remembered = 2_000

// begin takes an update on. It reports false for one that is known.
func (l *ledger) begin(id int) (*entry, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.byID[id]; ok {
		return e, false
	}
	if l.byID == nil {
		l.byID = map[int]*entry{}
	}
	e := &entry{id: id, ended: make(chan struct{})}
	l.byID[id] = e
	l.open = append(l.open, e)
	return e, true
}

// end closes an update that was done, or gives one up: it stays unconfirmed.
// Only the first call counts.
func (l *ledger) end(e *entry, done bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e.closed {
		return
	}
	e.done, e.closed = done, true
	close(e.ended)
	if !done {
		delete(l.byID, e.id) // taken on again if it comes again
		return
	}
	for len(l.open) > 0 && l.open[0].done {
		l.shift()
	}
	if len(l.open) == 0 && l.empty != nil {
		close(l.empty)
		l.empty = nil
	}
}

// shift moves the confirmed offset past the first open update.
func (l *ledger) shift() {
	e := l.open[0]
	l.open = l.open[1:]
	l.next = e.id + 1
	l.past = append(l.past, e.id)
	for len(l.past) > remembered {
		delete(l.byID, l.past[0])
		l.past = l.past[1:]
	}
}

// pass confirms everything that was taken on, done or not: one update that
// takes very long must not keep the others away.
func (l *ledger) pass() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.open) > 0 {
		l.shift()
	}
}

func (l *ledger) offset() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.next
}

func (l *ledger) pending() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.open)
}

// settled is closed when nothing is open.
func (l *ledger) settled() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.open) == 0 {
		none := make(chan struct{})
		close(none)
		return none
	}
	if l.empty == nil {
		l.empty = make(chan struct{})
	}
	return l.empty
}

func (l *ledger) done(e *entry) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return e.done
}
