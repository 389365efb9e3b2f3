package peer

import (
	"net/http/httptest"
	"testing"
)

func TestAddress(t *testing.T) {
	for _, tc := range []struct {
		name, remote, want string
		forwarded          []string
	}{
		{"direct", "203.0.113.7:4711", "203.0.113.7", nil},
		{"direct, forged", "203.0.113.7:4711", "203.0.113.7", []string{"198.51.100.1"}},
		{"proxy on this machine", "127.0.0.1:4711", "198.51.100.1", []string{"198.51.100.1"}},
		{"proxy in a container network, client forges", "172.17.0.2:4711", "198.51.100.1", []string{"192.0.2.9, 198.51.100.1"}},
		{"header twice", "[::1]:4711", "198.51.100.1", []string{"192.0.2.9", "198.51.100.1"}},
		{"proxy that tells nothing", "127.0.0.1:4711", "127.0.0.1", nil},
		{"proxy that tells nonsense", "127.0.0.1:4711", "127.0.0.1", []string{"unknown"}},
		{"household", "[2001:db8:1:2:3:4:5:6]:1", "2001:db8:1:2::", nil},
		{"same household", "[2001:db8:1:2:ffff::1]:1", "2001:db8:1:2::", nil},
		{"mapped", "[::ffff:203.0.113.7]:1", "203.0.113.7", nil},
		{"zone", "[fe80::1%eth0]:1", "fe80::", nil},
		{"unknown", "@", "invalid IP", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := httptest.NewRequest("POST", "/ask", nil)
			r.RemoteAddr = tc.remote
			for _, v := range tc.forwarded {
				r.Header.Add("X-Forwarded-For", v)
			}
			if got := Address(r).String(); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}
