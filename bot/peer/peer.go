// Package peer tells from where a request over the web comes.
package peer

import (
	"net/http"
	"net/netip"
	"strings"
)

// Address tells people apart, of IPv6 by the part that is one household's.
// Several people behind one address count as one; who changes address counts
// anew. Behind a proxy on this machine or in its own network the address is the
// one that the proxy added last, which nobody outside can forge; what came to us
// directly from elsewhere counts as it came. The zero value is for none.
func Address(r *http.Request) netip.Addr {
	direct, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	from := direct.Addr().Unmap()
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
