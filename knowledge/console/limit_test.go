package console

import (
	"net/netip"
	"testing"
	"time"
)

func TestLimiterForgets(t *testing.T) {
	now := time.Unix(0, 0)
	l := &limiter{now: func() time.Time { return now }}
	at := func(i int) netip.Addr { return netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}) }
	for i := range 2*mostAddresses + 1 {
		l.allow(at(i))
		if len(l.byAddr) > mostAddresses {
			t.Fatalf("%d addresses are kept", len(l.byAddr))
		}
	}
}

func TestLimiterRemembersWhoTriesOn(t *testing.T) {
	now := time.Unix(0, 0)
	l := &limiter{now: func() time.Time { return now }}
	persistent := netip.MustParseAddr("203.0.113.1")
	for range tries {
		l.allow(persistent)
	}
	for i := range mostAddresses - 1 {
		l.allow(netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}))
	}
	now = now.Add(tryAgain)
	l.allow(persistent)
	l.allow(netip.MustParseAddr("203.0.113.2")) // for which the others are forgotten
	if len(l.byAddr) != 2 || l.allow(persistent) {
		t.Errorf("%d addresses are kept, or one more try allowed", len(l.byAddr))
	}
}
