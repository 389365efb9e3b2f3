package console

import (
	"net/http/httptest"
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

func TestAddress(t *testing.T) {
	for name, test := range map[string]struct{ peer, forwarded, want string }{
		"direct":                  {"203.0.113.1:5", "", "203.0.113.1"},
		"direct, with a lie":      {"203.0.113.1:5", "198.51.100.1", "203.0.113.1"},
		"proxy":                   {"127.0.0.1:5", "198.51.100.1, 203.0.113.9", "203.0.113.9"},
		"proxy that says nothing": {"10.0.0.1:5", "", "10.0.0.1"},
		"a household's IPv6":      {"[2001:db8:1:2:3:4:5:6]:5", "", "2001:db8:1:2::"},
		"IPv4 as IPv6":            {"[::ffff:203.0.113.1]:5", "", "203.0.113.1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = test.peer
		if test.forwarded != "" {
			r.Header.Set("X-Forwarded-For", test.forwarded)
		}
		if got := address(r).String(); got != test.want {
			t.Errorf("%s: %s, not %s", name, got, test.want)
		}
	}
}
