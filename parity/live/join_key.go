package live

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// candidate is a value by which objects may be joined.
type candidate struct {
	node   *node
	rank   int
	shared int // how many objects of both sides have the same value
}

// strong reports whether the name says that the value identifies an object.
func (c candidate) strong() bool { return c.rank < 2*len(keyNames) }

// naming is the pair that identifies an object best, nil where there is none.
func (g *group) naming() *node {
	for _, c := range g.candidates() {
		if c.node.field != nil && c.strong() {
			return c.node
		}
	}
	return nil
}

// candidates are what objects may be joined by, the best first: global IDs,
// then natural keys, then any other text or number.
func (g *group) candidates() []candidate {
	var out []candidate
	for _, n := range g.compared() {
		if n.form != scalars || n.hint.enum || n.gql.Type.IsList() {
			continue
		}
		if t := n.gql.Type.Name; t == "Boolean" || t == "Float" {
			continue
		}
		rank, _ := keyRank(n.rest)
		if n.hint.time {
			rank += len(keyNames)
		}
		out = append(out, candidate{node: n, rank: rank})
	}
	if g.id != "" {
		h := hint{id: true, typ: g.typ.Name}
		for i, name := range append([]string{"node_id", "global_id", "gid"}, "id") {
			rank := -1
			if i == 3 {
				rank = 0
			}
			out = append(out, candidate{node: &node{rest: name, key: g.id, hint: h}, rank: rank})
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(a.rank, b.rank) })
	return out
}

// overlap counts the objects that share a value.
func overlap(n *node, rest, gql []any) int {
	x, y := index(n.rest, n.hint, rest, all(rest)), index(n.key, n.hint, gql, all(gql))
	shared := 0
	for key := range x {
		if _, ok := y[key]; ok {
			shared++
		}
	}
	return shared
}

// known reports whether both sides have values of a key that can be compared:
// IDs of which one side's are opaque cannot.
func known(n *node, rest, gql []any) bool {
	first := func(items []any, name string) any {
		for _, item := range items {
			if v := member(item, name); v != nil {
				return v
			}
		}
		return nil
	}
	a, b := first(rest, n.rest), first(gql, n.key)
	if a == nil || b == nil {
		return false
	}
	return !n.hint.id || identify(a).opaque == identify(b).opaque
}

// index finds objects by a value that only one of them has.
func index(name string, h hint, items []any, free map[int]bool) map[string]int {
	out := map[string]int{}
	twice := map[string]bool{}
	for i, item := range items {
		key, ok := keyOf(item, name, h)
		if !ok || !free[i] {
			continue
		}
		if _, taken := out[key]; taken {
			twice[key] = true
			continue
		}
		out[key] = i
	}
	for key := range twice {
		delete(out, key)
	}
	return out
}

func keyOf(item any, name string, h hint) (string, bool) {
	v := member(item, name)
	switch v.(type) {
	case string, json.Number:
		return h.key(v), true
	}
	return "", false
}

// key is a value in the one form that values which agree share.
func (h hint) key(v any) string {
	text := scalarText(v)
	switch {
	case h.id:
		if id := identify(v); !id.opaque {
			return strings.ToLower(id.local)
		}
		return text
	case h.enum:
		return fold(text)
	}
	if at, day, ok := moments(h.time, v); ok && !day {
		return at.Format("2006-01-02T15:04:05")
	}
	if u := address(text); u != nil && (h.url || u.Host != "") {
		return strings.TrimSuffix(u.EscapedPath(), "/") + "?" + u.RawQuery
	}
	if n, ok := number(text); ok && !strings.HasPrefix(text, "0") {
		return n.RatString()
	}
	return text
}
