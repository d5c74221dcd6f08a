package oas

import (
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// malformed says what keeps a value from being a server whose variables can
// be checked, "" where nothing does.
func (c *serverVariables) malformed(node *openapi.Node) string {
	switch variables := member(c.doc, node, "variables"); {
	case !node.Is(openapi.Object):
		return "the server is " + kindOf(node) + ", not an object"
	case !member(c.doc, node, "url").Is(openapi.String):
		return "the server has no url that is a string"
	case variables != nil && !variables.Is(openapi.Object):
		return "variables of the server is " + kindOf(variables) + ", not an object"
	case slices.ContainsFunc(variables.Children(), func(v *openapi.Node) bool { return !c.isVariable(resolved(c.doc, v)) }):
		return "a variable of the server has members that a variable cannot have"
	}
	return ""
}

func (c *serverVariables) isVariable(n *openapi.Node) bool {
	return n.Is(openapi.Object) && !slices.ContainsFunc(n.Children(), func(m *openapi.Node) bool {
		v := resolved(c.doc, m)
		switch m.Key() {
		case "enum":
			return !v.Is(openapi.Array) || slices.ContainsFunc(v.Children(), func(e *openapi.Node) bool {
				return !resolved(c.doc, e).Is(openapi.String)
			})
		case "default", "description", "examples":
			return !v.Is(openapi.String)
		}
		return !strings.HasPrefix(m.Key(), "x-")
	})
}

// The most that invalidURLs tries and shows. Five variables of ten values
// make 100,000 URLs.
const (
	maxURLs    = 10_000
	maxInvalid = 5
)

// invalidURLs puts every combination of the variables' values into the URL
// and returns those results that no browser takes for an absolute URL, quoted.
func (c *serverVariables) invalidURLs(text string, variables []*openapi.Node) []string {
	if len(variables) == 0 {
		return nil
	}
	values := make([][]string, len(variables))
	for i, v := range variables {
		node := resolved(c.doc, v)
		if enum := member(c.doc, node, "enum"); enum != nil {
			for _, e := range enum.Children() {
				values[i] = append(values[i], resolved(c.doc, e).Text())
			}
		} else if def := member(c.doc, node, "default"); def != nil {
			values[i] = []string{def.Text()}
		}
		if len(values[i]) == 0 {
			return nil
		}
	}
	var bad []string
	choice := make([]int, len(values))
	for range maxURLs {
		u := text
		for i, v := range variables {
			u = strings.ReplaceAll(u, "{"+v.Key()+"}", values[i][choice[i]])
		}
		if !isURL(u) {
			if bad = append(bad, strconv.Quote(u)); len(bad) == maxInvalid {
				break
			}
		}
		if !advance(choice, values) {
			break
		}
	}
	return bad
}

// advance goes to the next combination, the last variable first.
func advance(choice []int, values [][]string) bool {
	for i := len(choice) - 1; i >= 0; i-- {
		if choice[i]++; choice[i] < len(values[i]) {
			return true
		}
		choice[i] = 0
	}
	return false
}

// specialSchemes are those of which the host must not be empty.
// Source: WHATWG URL Standard, "special scheme".
var specialSchemes = []string{"http", "https", "ws", "wss", "ftp"}

// isURL reports whether a text is an absolute URL to a browser, which is more
// lenient than RFC 3986: only scheme, host and port can be wrong.
// Source: WHATWG URL Standard, "URL parsing".
func isURL(s string) bool {
	s = strings.Trim(s, "\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f ")
	s = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(s)
	scheme, rest, ok := strings.Cut(s, ":")
	scheme = strings.ToLower(scheme)
	if !ok || scheme == "" || scheme[0] < 'a' || scheme[0] > 'z' || strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyz0123456789+-.") != "" {
		return false
	}
	special := slices.Contains(specialSchemes, scheme)
	ends := "/?#"
	switch {
	case special:
		rest, ends = strings.TrimLeft(rest, `/\`), `/\?#`
	case scheme == "file" || !strings.HasPrefix(rest, "//"):
		return true
	default:
		rest = rest[2:]
	}
	authority := rest
	if i := strings.IndexAny(rest, ends); i >= 0 {
		authority = rest[:i]
	}
	at := strings.LastIndexByte(authority, '@')
	host, port := authority[at+1:], ""
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		host, port = host[:i], host[i+1:]
		if host == "" {
			return false
		}
	}
	if host == "" && (special || at >= 0) {
		return false
	}
	if n, err := strconv.ParseUint(port, 10, 16); port != "" && (err != nil || n > 65535) {
		return false
	}
	return isHost(host, special)
}

// isHost reports whether a host is one to a browser.
func isHost(host string, special bool) bool {
	if inner, ok := strings.CutPrefix(host, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		a, err := netip.ParseAddr(inner)
		return ok && err == nil && a.Is6() && a.Zone() == ""
	}
	if strings.ContainsAny(host, "\x00\t\n\r #/:<>?@[\\]^|") {
		return false
	}
	if !special {
		return true
	}
	if decoded, err := url.PathUnescape(host); err == nil {
		host = decoded
	}
	for _, r := range host {
		if r <= ' ' || r == 0x7f || strings.ContainsRune("#/:<>?@[\\]^|%", r) {
			return false
		}
	}
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	last := labels[len(labels)-1]
	if strings.Trim(last, "0123456789") == "" && last != "" {
		return isIPv4(labels)
	}
	return true
}

// isIPv4 reports whether labels of which the last is a number are an IPv4
// address, with as few parts as the author cared to write.
func isIPv4(labels []string) bool {
	if len(labels) > 4 {
		return false
	}
	for i, l := range labels {
		n, err := strconv.ParseUint(l, 0, 32)
		limit := uint64(255)
		if i == len(labels)-1 {
			limit = 1<<(8*(5-len(labels))) - 1
		}
		if err != nil || n > limit {
			return false
		}
	}
	return true
}
