package route

import (
	"strings"
	"unsafe"
)

// maxDecoded bounds the bytes of a segment that is decoded. A longer one is
// no literal, and stands as it is written for a parameter.
const maxDecoded = 256

// find returns the route of a method and a request target.
func find(root *node, method, target string) *Route {
	if i := strings.IndexByte(target, '?'); i >= 0 {
		target = target[:i]
	}
	if i := strings.IndexByte(target, '#'); i >= 0 {
		target = target[:i]
	}
	if len(target) > 0 && target[0] != '/' {
		target = withoutHost(target)
	}
	return walkPath(root, method, target)
}

// withoutHost returns the path of a whole URL, "" where it has none.
func withoutHost(target string) string {
	if i := strings.Index(target, "://"); i >= 0 {
		if slash := strings.IndexByte(target[i+3:], '/'); slash >= 0 {
			return target[i+3+slash:]
		}
	}
	return ""
}

// walkPath returns the route of a method and a path.
func walkPath(root *node, method, path string) *Route {
	if len(path) == 0 || path[0] != '/' {
		return nil
	}
	return walk(root, method, path[1:], strings.IndexByte(path, '%') >= 0)
}

// walk returns the route of what follows a slash; escaped says that there may
// be percent-encoding in it. No two ways through the tree reach a node with
// the same rest, but for parameters that take slashes.
func walk(n *node, method, path string, escaped bool) *Route {
	seg, rest, last := path, path[len(path):], true
	if i := strings.IndexByte(path, '/'); i >= 0 {
		seg, rest, last = path[:i], path[i+1:], false
	}
	if c := literal(n, seg, escaped); c != nil {
		if r := enter(c, method, rest, last, escaped); r != nil {
			return r
		}
	}
	if len(seg) == 0 {
		if last {
			return n.end(method) // a slash at the end
		}
		return nil
	}
	for i := range n.mixed {
		if p := &n.mixed[i]; mixed(p, seg, escaped) {
			if r := enter(p.next, method, rest, last, escaped); r != nil {
				return r
			}
		}
	}
	if n.any != nil {
		if r := enter(n.any, method, rest, last, escaped); r != nil {
			return r
		}
	}
	if n.wide != nil {
		return stretch(n.wide, method, rest, last, escaped)
	}
	return nil
}

// enter goes on at a node with what is left of the path.
func enter(n *node, method, rest string, last, escaped bool) *Route {
	if !last {
		return walk(n, method, rest, escaped)
	}
	if r := n.end(method); r != nil {
		return r
	}
	if c := n.literals[""]; c != nil {
		return c.end(method) // a slash at the end that is missing
	}
	return nil
}

// stretch goes on after a parameter that takes slashes: with one segment
// more each time.
func stretch(n *node, method, rest string, last, escaped bool) *Route {
	if n.leaf {
		return n.end(method)
	}
	for range maxStretch {
		if r := enter(n, method, rest, last, escaped); r != nil {
			return r
		}
		if last {
			return nil
		}
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			rest = rest[i+1:]
		} else {
			rest, last = rest[len(rest):], true
		}
	}
	return nil
}

// literal returns the node after a literal segment.
func literal(n *node, seg string, escaped bool) *node {
	if n.literals == nil {
		return nil
	}
	if escaped && strings.IndexByte(seg, '%') >= 0 {
		var buf [maxDecoded]byte
		if k := decode(&buf, seg); k >= 0 {
			return n.literals[string(buf[:k])]
		}
	}
	if len(seg) > n.longest {
		return nil
	}
	return n.literals[seg]
}

// mixed reports whether a segment has the form of a pattern.
func mixed(p *pattern, seg string, escaped bool) bool {
	if escaped && strings.IndexByte(seg, '%') >= 0 {
		var buf [maxDecoded]byte
		if k := decode(&buf, seg); k >= 0 {
			return matches(p.literals, unsafe.String(&buf[0], k)) // not kept
		}
	}
	return matches(p.literals, seg)
}
