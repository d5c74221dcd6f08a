package redocly

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/openapi"
)

// incomparable reports whether a schema has keywords that are not understood.
func incomparable(n *openapi.Node) bool {
	for _, m := range n.Children() {
		if !understood[m.Key()] && !strings.HasPrefix(m.Key(), "x-") {
			return true
		}
	}
	return false
}

// exclusive reports whether no value matches both schemas, by their values or their
// types.
func exclusive(a, b *openapi.Node) bool {
	if x, y := values(a), values(b); x != nil && y != nil {
		for _, v := range x {
			if slices.ContainsFunc(y[:min(len(y), maxCompared)], func(o *openapi.Node) bool { return equal(v, o) }) {
				return false
			}
		}
		return true
	}
	both, known := sharedTypes(a, b)
	return known && len(both) == 0
}

// values are those that a schema allows, nil where it does not list them.
func values(n *openapi.Node) []*openapi.Node {
	if enum := n.Get("enum"); ecma.Truthy(enum) {
		if list := enum.Children(); list != nil {
			return list
		}
		return []*openapi.Node{}
	}
	if v := n.Get("const"); v != nil {
		return []*openapi.Node{v}
	}
	return nil
}

func isNullable(n *openapi.Node) bool { return n.Get("nullable").IsTrue() }

func allowsNull(n *openapi.Node) bool {
	return isNullable(n) || slices.Contains(typesOf(n), "null")
}

// typesOf are the types that a schema allows, nil where it does not say.
func typesOf(n *openapi.Node) []string {
	kind := n.Get("type")
	if kind == nil {
		return nil
	}
	list := []string{kind.Text()}
	if kind.Is(openapi.Array) {
		list = texts(kind)
	}
	if isNullable(n) {
		list = append(list, "null")
	}
	return list
}

// sharedTypes are the types that both schemas allow; known says whether both name
// theirs.
func sharedTypes(a, b *openapi.Node) (both []string, known bool) {
	x, y := typesOf(a), typesOf(b)
	if x == nil || y == nil {
		return nil, false
	}
	for _, t := range x {
		if slices.Contains(y, t) && !slices.Contains(both, t) {
			both = append(both, t)
		}
	}
	if len(both) == 0 && (slices.Contains(x, "integer") && slices.Contains(y, "number") && allowsInteger(b) ||
		!(slices.Contains(x, "integer") && slices.Contains(y, "number")) && slices.Contains(x, "number") && slices.Contains(y, "integer") && allowsInteger(a)) {
		return []string{"integer"}, true
	}
	return both, true
}

func allowsInteger(n *openapi.Node) bool {
	list := values(n)
	return list == nil || slices.ContainsFunc(list, func(v *openapi.Node) bool { return v.Is(openapi.Number) && isInteger(v) })
}
