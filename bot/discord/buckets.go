package discord

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// buckets remembers for which addresses Discord takes nothing for a while,
// from the headers of its answers. Channel and interaction are part of the
// address, so an address is a bucket.
type buckets struct {
	mu    sync.Mutex
	until map[string]time.Time
}

// mostBuckets is how many addresses are remembered.
const mostBuckets = 10_000

// note reads the headers of an answer.
func (b *buckets) note(path string, h http.Header) {
	if h.Get("X-RateLimit-Remaining") != "0" {
		return
	}
	after, err := strconv.ParseFloat(h.Get("X-RateLimit-Reset-After"), 64)
	if err != nil || after <= 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.until == nil || len(b.until) >= mostBuckets {
		b.until = map[string]time.Time{} // forgetting costs at most a 429 each
	}
	b.until[path] = time.Now().Add(seconds(after))
}

// wait says how long to wait before a call of the address.
func (b *buckets) wait(path string) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	until, ok := b.until[path]
	if !ok {
		return 0
	}
	delete(b.until, path)
	return max(time.Until(until), 0)
}
