package limit

import (
	"hash/maphash"
	"time"

	"golang.org/x/time/rate"
)

const (
	// mostBuckets is how many people, chats and servers are told apart. Beyond
	// that, those that have been calm are forgotten first.
	mostBuckets = 20_000
	// mostLooks is how many messages a minute of somebody who sends too many are
	// searched with, to see what triage's rules do not; mostCards how many
	// cards such a person gets.
	mostLooks = 30
	mostCards = 10
)

// bucket is what is known of a person, chat or server.
type bucket struct {
	tokens *rate.Limiter
	looks  *rate.Limiter // for the second look for an emergency
	cards  *rate.Limiter
	held   bool // until it is calm again
	told   bool
}

func perMinute(n int) *rate.Limiter {
	return rate.NewLimiter(rate.Every(time.Minute/time.Duration(n)), n)
}

func newBucket(limit int) *bucket {
	b := &bucket{tokens: rate.NewLimiter(rate.Inf, 0), looks: perMinute(mostLooks), cards: perMinute(mostCards)}
	if limit > 0 {
		b.tokens = rate.NewLimiter(rate.Every(time.Minute/time.Duration(limit)), max(limit/2, 1))
	}
	return b
}

// over counts a message and reports whether it is too much. What comes while it
// is too much counts as well: it is calm only when less comes than may.
func (b *bucket) over(now time.Time) bool {
	calm := b.tokens.TokensAt(now) >= float64(b.tokens.Burst())/2
	b.held = !b.tokens.AllowN(now, 1) || b.held && !calm
	return b.held
}

// busy reports whether forgetting the bucket would change anything yet.
func (b *bucket) busy(now time.Time) bool {
	return b.held || b.tokens.TokensAt(now) < float64(b.tokens.Burst())
}

// bucket finds the bucket of an id, or makes one. Who has no id has no limit.
func (r *Responder) bucket(kind, id string, limit int) *bucket {
	if id == "" {
		return newBucket(0)
	}
	key := maphash.String(r.seed, kind+id)
	b := r.buckets[key]
	if b == nil {
		if len(r.buckets) >= mostBuckets {
			r.forget()
		}
		b = newBucket(limit)
		r.buckets[key] = b
	}
	return b
}

// forget makes room. Where too few have been calm, everybody begins anew.
func (r *Responder) forget() {
	now := r.now()
	for key, b := range r.buckets {
		if !b.busy(now) {
			delete(r.buckets, key)
		}
	}
	if len(r.buckets) > mostBuckets/2 {
		clear(r.buckets)
	}
}
