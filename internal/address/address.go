// Package address tells addresses of the public internet from those of this
// machine, its network and its cloud, so that what comes from outside, such as
// a reference or the URL of an endpoint, cannot be used to reach inside.
//
// It judges addresses only. Names are resolved, and connections made, by
// whoever calls it, and the address that is judged must be the one that is
// connected to.
package address

import "net/netip"

// Public reports whether an address is one of the public internet: not this
// machine, a private network, a link's own or a group, nor one of the blocks
// that IANA keeps for special purposes, that wrap an IPv4 address or that a
// cloud answers itself.
func Public(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}
	if ip.Is6() && !unicast.Contains(ip) {
		return false
	}
	for _, p := range reserved {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// unicast is the one block that IANA gives global unicast addresses from. What
// is outside, such as ::/96, fec0::/10 or the 64:ff9b::/96 of NAT64, is not
// public. Source: IANA's IPv6 address space registry, RFC 4291.
var unicast = netip.MustParsePrefix("2000::/3")

// reserved are the blocks of unicast addresses that lead to no public host or
// that wrap an IPv4 address. Source: IANA's special-purpose address
// registries, RFC 6890; the last is where Azure's machines find their host.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("2001::/23"),
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("3fff::/20"),
	netip.MustParsePrefix("168.63.129.16/32"),
}
