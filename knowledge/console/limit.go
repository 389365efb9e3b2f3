package console

import (
	"net/http"
	"net/netip"
	"strings"
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

// address is where a request comes from, of IPv6 the part that is one
// household's. A proxy on this machine or in its own network says for whom it
// asks, last in its list.
func address(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	from := peer.Addr().Unmap()
	if from.IsLoopback() || from.IsPrivate() {
		list := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if told, err := netip.ParseAddr(strings.TrimSpace(list[len(list)-1])); err == nil {
			from = told.Unmap()
		}
	}
	if from.Is6() {
		from = netip.PrefixFrom(from.WithZone(""), 64).Masked().Addr()
	}
	return from
}
