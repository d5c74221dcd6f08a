package jsonschema

import "strings"

// isURI takes RFC 3986's URI: a reference with a scheme, and something after
// it.
func isURI(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || !isScheme(scheme) {
		return false
	}
	if hier, _, _ := cutAny(rest, "?#"); hier == "" {
		return false
	}
	return isRelative(rest) && !strings.Contains(rest, `"`)
}

// isURIReference takes a URI, or one relative to another.
func isURIReference(s string) bool {
	if scheme, rest, ok := strings.Cut(s, ":"); ok && isScheme(scheme) && isRelative(rest) {
		return true
	}
	return isRelative(s)
}

func isScheme(s string) bool {
	return s != "" && (s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z') &&
		every(s, func(c byte) bool { return alnum(c) || c == '+' || c == '-' || c == '.' })
}

// isRelative takes what may stand after a scheme. What is no host after two
// slashes counts as a path.
func isRelative(s string) bool {
	s, fragment, _ := strings.Cut(s, "#")
	path, query, _ := strings.Cut(s, "?")
	const more = `":@/`
	if !uriChars(fragment, more+"?") || !uriChars(query, more+"?") {
		return false
	}
	if authority, ok := strings.CutPrefix(path, "//"); ok {
		authority, rest, _ := strings.Cut(authority, "/")
		if isAuthority(authority) && uriChars(rest, more) {
			return true
		}
	}
	return uriChars(path, more)
}

func isAuthority(s string) bool {
	if user, host, ok := cutLast(s, "@"); ok {
		if !uriChars(user, ":") {
			return false
		}
		s = host
	}
	if rest, ok := strings.CutPrefix(s, "["); ok {
		address, port, ok := strings.Cut(rest, "]")
		future := len(address) > 3 && address[0]|0x20 == 'v' && hexDigit(address[1]) && strings.Contains(address, ".") && uriChars(address, ":")
		return ok && (isIPv6(address) || future) && isPort(port)
	}
	host, port, ok := cutLast(s, ":")
	return uriChars(host, `"`) && (!ok || isPort(":"+port))
}

func isPort(s string) bool {
	return s == "" || s[0] == ':' && every(s[1:], func(c byte) bool { return c >= '0' && c <= '9' })
}

// uriChars takes unreserved characters, sub-delimiters, escaped bytes and
// more.
func uriChars(s, more string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case alnum(c) || strings.IndexByte("-._~!$&'()*+,;=", c) >= 0 || strings.IndexByte(more, c) >= 0:
		case c == '%' && i+2 < len(s) && hexDigit(s[i+1]) && hexDigit(s[i+2]):
			i += 2
		default:
			return false
		}
	}
	return true
}

// isURL takes what a browser would: http, https or ftp, and a host with a
// dot. Private addresses are none.
func isURL(s string) bool {
	scheme, rest, ok := strings.Cut(s, "://")
	switch strings.ToLower(scheme) {
	case "http", "https", "ftp":
	default:
		return false
	}
	if !ok || strings.ContainsAny(s, " \t\r\n\v\f") {
		return false
	}
	authority, _, _ := cutAny(rest, "/")
	if _, host, found := cutLast(authority, "@"); found {
		authority = host
	}
	host, port, hasPort := strings.Cut(authority, ":")
	if hasPort && (len(port) < 2 || len(port) > 5 || !digits(port)) {
		return false
	}
	if isIPv4(host) {
		return publicAddress(host)
	}
	labels := strings.Split(host, ".")
	for i, l := range labels {
		word := every(l, func(c byte) bool { return alnum(c) || c == '-' || c >= 0x80 })
		if l == "" || !word || l[0] == '-' || l[len(l)-1] == '-' || i == len(labels)-1 && (len(l) < 2 || strings.ContainsAny(l, "0123456789-")) {
			return false
		}
	}
	return len(labels) > 1
}

func publicAddress(s string) bool {
	p := strings.Split(s, ".")
	a, b, d := number(p[0]), number(p[1]), number(p[3])
	switch {
	case a == 0 || a == 10 || a == 127 || a > 223,
		a == 169 && b == 254, a == 192 && b == 168, a == 172 && b >= 16 && b <= 31,
		d == 0 || d == 255:
		return false
	}
	return true
}

// isURITemplate takes RFC 6570: text with expressions in braces.
func isURITemplate(s string) bool {
	for s != "" {
		text, rest, open := strings.Cut(s, "{")
		if strings.ContainsAny(text, "\"'<>\\^`|}") || !every(text, func(c byte) bool { return c > 0x20 }) || !escaped(text) {
			return false
		}
		if !open {
			return true
		}
		expression, after, closed := strings.Cut(rest, "}")
		if !closed || !isExpression(expression) {
			return false
		}
		s = after
	}
	return true
}

func isExpression(s string) bool {
	if s != "" && strings.IndexByte("+#./;?&=,!@|", s[0]) >= 0 {
		s = s[1:]
	}
	for name := range strings.SplitSeq(s, ",") {
		name = strings.TrimSuffix(name, "*")
		name, length, limited := strings.Cut(name, ":")
		if limited && (!digits(length) || length[0] == '0' || len(length) > 4) {
			return false
		}
		if name == "" || !escaped(name) || !every(name, func(c byte) bool { return alnum(c) || c == '_' || c == '%' }) {
			return false
		}
	}
	return true
}

// escaped reports whether each percent sign is that of an escaped byte.
func escaped(s string) bool {
	for i := range len(s) {
		if s[i] == '%' && (i+2 >= len(s) || !hexDigit(s[i+1]) || !hexDigit(s[i+2])) {
			return false
		}
	}
	return true
}

func cutAny(s, chars string) (before, after string, ok bool) {
	i := strings.IndexAny(s, chars)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i:], true
}
