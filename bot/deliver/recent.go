package deliver

import (
	"slices"
	"sync"
	"time"
)

const (
	mostRecent = 1000
	recentFor  = 24 * time.Hour
)

// Recent remembers for a day which of the latest thousand messages show what, so
// that they can be changed. It knows nothing of whom they were for but where
// they are. Its zero value is ready.
type Recent[M any] struct {
	Now func() time.Time // nil means the real time

	mu   sync.Mutex
	list []Sent[M]
}

// Sent is a message, or several that make up one answer.
type Sent[M any] struct {
	At    time.Time // zero for now
	Chat  string    // a key, for [Recent.Forget]
	Shows []string  // ids of snippets
	Place M         // where the platform keeps it
}

// Add remembers an answer. One that shows nothing need not be remembered.
func (r *Recent[M]) Add(s Sent[M]) {
	if len(s.Shows) == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.At.IsZero() {
		s.At = r.time()
	}
	r.list = append(r.list, s)
	r.prune()
}

func (r *Recent[M]) time() time.Time {
	if r.Now != nil {
		return r.Now()
	}
	return time.Now()
}

// prune drops what is too old, or too much. The lock is held.
func (r *Recent[M]) prune() {
	oldest := r.time().Add(-recentFor)
	r.list = slices.DeleteFunc(r.list, func(s Sent[M]) bool { return s.At.Before(oldest) })
	if more := len(r.list) - mostRecent; more > 0 {
		r.list = slices.Delete(r.list, 0, more)
	}
}

// Take forgets the answers that show something that is not served any more, and
// returns them.
func (r *Recent[M]) Take(serves func(id string) bool) []Sent[M] {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.prune()
	gone := func(s Sent[M]) bool { return s.Gone(serves) != "" }
	var taken []Sent[M]
	for _, s := range r.list {
		if gone(s) {
			taken = append(taken, s)
		}
	}
	r.list = slices.DeleteFunc(r.list, gone)
	return taken
}

// Gone is the first thing that the answer shows and that is not served.
func (s Sent[M]) Gone(serves func(id string) bool) string {
	for _, id := range s.Shows {
		if !serves(id) {
			return id
		}
	}
	return ""
}

// Forget forgets the answers in a chat.
func (r *Recent[M]) Forget(chat string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = slices.DeleteFunc(r.list, func(s Sent[M]) bool { return s.Chat == chat })
}
