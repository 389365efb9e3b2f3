package console

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Of tries to sign in from one address: as many at once, and one more in that
// time.
const (
	tries    = 10
	tryAgain = 6 * time.Second
)

// mostAddresses is how many are told apart.
const mostAddresses = 4096

// limiter counts tries by address.
type limiter struct {
	now    func() time.Time
	mu     sync.Mutex
	byAddr map[netip.Addr]*rate.Limiter
}

func (l *limiter) allow(a netip.Addr) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if l.byAddr == nil || len(l.byAddr) >= mostAddresses {
		l.forget(now)
	}
	one := l.byAddr[a]
	if one == nil {
		one = rate.NewLimiter(rate.Every(tryAgain), tries)
		l.byAddr[a] = one
	}
	return one.AllowN(now, 1)
}

// forget leaves only those that have tried lately, unless they are as many as
// there is room for.
func (l *limiter) forget(now time.Time) {
	kept := map[netip.Addr]*rate.Limiter{}
	for a, one := range l.byAddr {
		if one.TokensAt(now) < tries {
			kept[a] = one
		}
	}
	if len(kept) >= mostAddresses {
		clear(kept)
	}
	l.byAddr = kept
}
