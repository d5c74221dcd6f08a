package send

import (
	"net/netip"
	"strings"
)

// parseHost judges how a host is written: an address in the one usual form, or
// a name of plain letters, digits, '-' and '_'. The address is the zero one
// where it is a name.
//
// A host whose last label is a number is an address to some resolvers, however
// it is written: 2130706433, 0x7f.1 and 0177.0.0.1 are all this machine. What
// is not the usual form is refused, and so is what a browser would turn into
// one: letters beyond ASCII, escapes, empty labels.
func parseHost(host string) (netip.Addr, error) {
	if strings.ContainsRune(host, ':') {
		ip, err := netip.ParseAddr(host)
		switch {
		case err != nil || ip.Zone() != "":
			return netip.Addr{}, blocked("the host is no address of IPv6")
		case ip.Is4In6():
			return netip.Addr{}, blocked("the host is an address of IPv4 in the form of IPv6")
		}
		return ip, nil
	}
	name := strings.TrimSuffix(host, ".")
	if name == "" || len(name) > 253 {
		return netip.Addr{}, blocked("the host is no name")
	}
	labels := strings.Split(name, ".")
	for _, label := range labels {
		if !isLabel(label) {
			return netip.Addr{}, blocked("the host is no name of letters, digits and '-'")
		}
	}
	last := strings.ToLower(labels[len(labels)-1])
	if !isNumber(last) {
		return netip.Addr{}, nil
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}, blocked("the host is a number that is no usual address of IPv4")
	}
	return ip, nil
}

func isLabel(label string) bool {
	for i := range len(label) {
		c := label[i] | 0x20
		if (c < 'a' || c > 'z') && (label[i] < '0' || label[i] > '9') && label[i] != '-' && label[i] != '_' {
			return false
		}
	}
	return label != "" && len(label) <= 63
}

// isNumber reports whether the last label of a host would make it an address:
// digits, or hexadecimal digits after 0x. Source: the URL standard of the
// WHATWG, "ends in a number".
func isNumber(label string) bool {
	if strings.Trim(label, "0123456789") == "" {
		return true
	}
	hex, is := strings.CutPrefix(label, "0x")
	return is && strings.Trim(hex, "0123456789abcdef") == ""
}

// isLocal reports whether a name is this machine's by RFC 6761, whatever a
// resolver says.
func isLocal(host string) bool {
	name := strings.ToLower(strings.TrimSuffix(host, "."))
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}
