package rest

import (
	"maps"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// alternative is one way to be allowed: all of its schemes together.
type alternative struct {
	node    *openapi.Node
	schemes map[string][]string // scopes by scheme
}

// security is a list of alternatives.
type security struct {
	node *openapi.Node // nil where there is no list
	list []alternative
}

func securityOf(n *openapi.Node) security {
	s := security{node: n}
	for _, c := range n.Children() {
		a := alternative{c, map[string][]string{}}
		for _, scheme := range c.Children() {
			a.schemes[scheme.Key()] = words(scheme)
		}
		s.list = append(s.list, a)
	}
	return s
}

// anonymous reports whether no credentials are needed.
func (s security) anonymous() bool {
	return len(s.list) == 0 || slices.ContainsFunc(s.list, func(a alternative) bool { return len(a.schemes) == 0 })
}

// String names an alternative by its schemes and scopes.
func (a alternative) String() string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(a.schemes)) {
		scopes := slices.Sorted(slices.Values(a.schemes[name]))
		if len(scopes) > 0 {
			name += " [" + strings.Join(scopes, ", ") + "]"
		}
		parts = append(parts, name)
	}
	return strings.Join(parts, " and ")
}

func (a alternative) same(b alternative, scopes bool) bool {
	if len(a.schemes) != len(b.schemes) {
		return false
	}
	for name, x := range a.schemes {
		if y, ok := b.schemes[name]; !ok || scopes && !sameSet(x, y) {
			return false
		}
	}
	return true
}

// securityMatch is what differs between two lists.
type securityMatch struct {
	added, removed []alternative
	both           [][2]alternative
}

// matchSecurity pairs equal alternatives, then those of the same schemes where
// there is one such left on both sides.
func matchSecurity(a, b security) securityMatch {
	var m securityMatch
	doneA, doneB := make([]bool, len(a.list)), make([]bool, len(b.list))
	for i, x := range a.list {
		for j, y := range b.list {
			if !doneB[j] && x.same(y, true) {
				doneA[i], doneB[j] = true, true
				break
			}
		}
	}
	left := func(list []alternative, done []bool, like alternative) []int {
		var at []int
		for i, x := range list {
			if !done[i] && x.same(like, false) {
				at = append(at, i)
			}
		}
		return at
	}
	for i, x := range a.list {
		if doneA[i] || len(left(a.list, doneA, x)) != 1 {
			continue
		}
		if at := left(b.list, doneB, x); len(at) == 1 {
			doneA[i], doneB[at[0]] = true, true
			m.both = append(m.both, [2]alternative{x, b.list[at[0]]})
		}
	}
	for i, x := range a.list {
		if !doneA[i] {
			m.removed = append(m.removed, x)
		}
	}
	for j, y := range b.list {
		if !doneB[j] {
			m.added = append(m.added, y)
		}
	}
	return m
}

// compareSecurity compares what an operation asks for, be it its own list or
// that of the document.
func (c *comparison) compareSecurity(o *operationPair) {
	x, y := o.base.node.Get("security"), o.revision.node.Get("security")
	known := x != nil && y != nil
	if o.inherits {
		known = true
		x, y = orElse(x, c.left.doc.Root().Get("security")), orElse(y, c.right.doc.Root().Get("security"))
	}
	a, b := securityOf(x), securityOf(y)
	if known && a.anonymous() != b.anonymous() {
		v := anonymousRemoved
		if b.anonymous() {
			v = anonymousAdded
		}
		c.report(o.number, v, change{base: orElse(x, o.base.node), revision: orElse(y, o.revision.node)})
		return // that says it all
	}
	c.reportSecurity(o.number, matchSecurity(a, b), known && b.anonymous(), securityAdded)
}

// reportSecurity notes what differs. The verbs follow the first one in the
// table; where anybody may call, nothing that is asked for less matters.
func (c *comparison) reportSecurity(number int, m securityMatch, open bool, verbs plain) {
	added, removed, scopeAdded, scopeRemoved := verbs, verbs-1, verbs+1, verbs+2
	for _, x := range m.added {
		if len(x.schemes) > 0 {
			c.report(number, added, change{key: quote(x.String()), revision: x.node})
		}
	}
	for _, x := range m.removed {
		if len(x.schemes) > 0 && !open {
			c.report(number, removed, change{key: quote(x.String()), base: x.node})
		}
	}
	for _, p := range m.both {
		for _, name := range slices.Sorted(maps.Keys(p[0].schemes)) {
			was, is := p[0].schemes[name], p[1].schemes[name]
			at := change{from: quote(name), to: quote(name), base: p[0].node, revision: p[1].node}
			for _, scope := range absent(is, was) {
				if at.key = quote(scope); !open {
					c.report(number, scopeAdded, at)
				}
			}
			for _, scope := range absent(was, is) {
				at.key = quote(scope)
				c.report(number, scopeRemoved, at)
			}
		}
	}
}
