package web

import (
	"net/http"
	"net/netip"
	"strings"
)

// asker tells people apart by their address, of IPv6 by the part that is one
// household's. Several people behind one address count as one; who changes
// address counts anew. Behind a proxy on this machine or in its own network the
// address is the one that the proxy added last, which nobody outside can forge;
// what came to us directly from elsewhere counts as it came.
func asker(r *http.Request) string {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return ""
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
	return "web:" + from.String()
}
