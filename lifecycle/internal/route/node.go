package route

import (
	"cmp"
	"slices"
	"strings"
)

// node is the place in the tree of paths after some segments.
type node struct {
	literals map[string]*node
	longest  int // the most bytes that a key of literals has
	mixed    []pattern
	any      *node // after one parameter
	wide     *node // after a parameter that takes slashes
	methods  []method
	leaf     bool // nothing comes after it
}

// pattern is a segment of literals and parameters.
type pattern struct {
	literals []string
	key      string
	next     *node
}

type method struct {
	name  string
	route *Route
}

// insert adds the path of a route, once for every way in which its segments
// can be read.
func (n *node) insert(path []segment, route *Route) {
	if path == nil {
		return
	}
	for _, s := range path {
		n = n.child(s)
	}
	if n.method(route.Operation.Method) == nil {
		n.methods = append(n.methods, method{route.Operation.Method, route})
	}
}

// child returns the node after a segment; it is made where there is none.
func (n *node) child(s segment) *node {
	switch {
	case s.wide:
		if n.wide == nil {
			n.wide = &node{}
		}
		return n.wide
	case s.parameter():
		if n.any == nil {
			n.any = &node{}
		}
		return n.any
	case s.literal():
		if n.literals == nil {
			n.literals = map[string]*node{}
		}
		l := s.literals[0]
		if n.literals[l] == nil {
			n.literals[l] = &node{}
			n.longest = max(n.longest, len(l))
		}
		return n.literals[l]
	}
	key := strings.Join(s.literals, "\x00")
	for i := range n.mixed {
		if n.mixed[i].key == key {
			return n.mixed[i].next
		}
	}
	n.mixed = append(n.mixed, pattern{s.literals, key, &node{}})
	return n.mixed[len(n.mixed)-1].next
}

// settle puts the patterns of the tree in the order in which they are tried:
// those with more literal text first, then those with fewer parameters.
func (n *node) settle() {
	for todo := []*node{n}; len(todo) > 0; {
		n, todo = todo[len(todo)-1], todo[:len(todo)-1]
		slices.SortFunc(n.mixed, func(a, b pattern) int {
			return cmp.Or(
				cmp.Compare(literalLen(b.literals), literalLen(a.literals)),
				cmp.Compare(len(a.literals), len(b.literals)),
				cmp.Compare(a.key, b.key),
			)
		})
		n.leaf = len(n.literals)+len(n.mixed) == 0 && n.any == nil && n.wide == nil
		for _, c := range n.literals {
			todo = append(todo, c)
		}
		for _, p := range n.mixed {
			todo = append(todo, p.next)
		}
		for _, c := range []*node{n.any, n.wide} {
			if c != nil {
				todo = append(todo, c)
			}
		}
	}
}

func literalLen(literals []string) int {
	sum := 0
	for _, l := range literals {
		sum += len(l)
	}
	return sum
}

// method returns the route of a method, nil where there is none.
func (n *node) method(name string) *Route {
	for i := range n.methods {
		if n.methods[i].name == name {
			return n.methods[i].route
		}
	}
	return nil
}

// end returns the route of a request whose path ends at the node.
func (n *node) end(name string) *Route {
	if r := n.method(name); r != nil {
		return r
	}
	if name == "HEAD" {
		return n.method("GET")
	}
	return nil
}
