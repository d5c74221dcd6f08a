package live

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// joinedPair is an object that both sides have, and where each has it.
type joinedPair struct {
	triple
	i, j int
}

// joining is two lists laid side by side.
type joining struct {
	pairs     []joinedPair // in the order of REST
	rest, gql []leftOver   // what has no partner
	// sure says that what identifies objects is known on both sides, so that
	// one without a partner has none.
	sure bool
}

// leftOver is an object that only one side has.
type leftOver struct {
	value any
	name  string
	// steady says that the side had the object when it was asked again too.
	steady bool
}

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

// join lays two lists side by side: by the value that most objects share and
// that identifies them, then what is left by others. Where nothing identifies
// them, one object on each side is one pair.
func (c *comparison) join(g *group, rest, again []any, list, twice *listed, parent string) *joining {
	out := &joining{}
	freeRest, freeGQL := all(rest), all(list.items)
	candidates := g.candidates()
	order := slices.Clone(candidates)
	for i := range order {
		order[i].shared = overlap(order[i].node, rest, list.items)
	}
	slices.SortStableFunc(order, func(a, b candidate) int { return cmp.Compare(b.shared, a.shared) })
	for _, k := range candidates {
		out.sure = out.sure || k.strong() && known(k.node, rest, list.items)
	}
	identified := out.sure
	for i, k := range order {
		if !k.strong() && (i > 0 || identified) {
			continue // what is left is joined by what identifies it only
		}
		x, y := index(k.node.rest, k.node.hint, rest, freeRest), index(k.node.key, k.node.hint, list.items, freeGQL)
		shared := 0
		for key := range x {
			if _, ok := y[key]; ok {
				shared++
			}
		}
		few := min(len(rest), len(list.items))
		if shared == 0 || !k.strong() && 2*shared < few {
			continue
		}
		out.sure = out.sure || shared == few && few > 1
		before := index(k.node.rest, k.node.hint, again, all(again))
		var after map[string]int
		if twice != nil {
			after = index(k.node.key, k.node.hint, twice.items, all(twice.items))
		}
		for i := range rest {
			key, ok := keyOf(rest[i], k.node.rest, k.node.hint)
			if j, found := y[key]; ok && found && x[key] == i && freeRest[i] {
				p := joinedPair{i: i, j: j, triple: triple{rest: rest[i], gql: list.items[j], path: list.paths[j]}}
				p.again, p.twice = at(again, before, key), nil
				if twice != nil {
					if p.twice = at(twice.items, after, key); p.twice == nil {
						p.twice = map[string]any{}
					}
				}
				p.object, p.name = c.nameObject(g, k.node, rest[i], parent)
				out.pairs = append(out.pairs, p)
				freeRest[i], freeGQL[j] = false, false
			}
		}
	}
	if len(out.pairs) == 0 && !out.sure && len(rest) == 1 && len(list.items) == 1 && len(again) == 1 {
		p := joinedPair{triple: triple{rest: rest[0], again: again[0], gql: list.items[0], path: list.paths[0], object: parent + "/1"}}
		if twice != nil {
			p.twice = at(twice.items, map[string]int{"": 0}, "")
		}
		out.pairs = append(out.pairs, p)
		return out
	}
	slices.SortFunc(out.pairs, func(a, b joinedPair) int { return cmp.Compare(a.i, b.i) })
	out.rest = c.left(g, rest, freeRest, again, true)
	later := list.items
	if twice != nil {
		later = twice.items
	}
	out.gql = c.left(g, list.items, freeGQL, later, false)
	return out
}

// left are the objects without a partner.
func (c *comparison) left(g *group, items []any, free map[int]bool, later []any, rest bool) []leftOver {
	var out []leftOver
	for i, item := range items {
		if object, ok := item.(map[string]any); !free[i] || !ok || !rest && g.otherType(c.run, object) {
			continue
		}
		l := leftOver{value: item, steady: slices.ContainsFunc(later, func(v any) bool { return steady(item, v) })}
		for _, k := range g.candidates() {
			name := k.node.rest
			if !rest {
				name = k.node.key
			}
			if v, ok := keyOf(item, name, k.node.hint); ok && !l.steady {
				l.steady = slices.ContainsFunc(later, func(other any) bool { w, ok := keyOf(other, name, k.node.hint); return ok && v == w })
			}
			if v := member(item, name); v != nil && l.name == "" {
				l.name = c.run.mask.value(k.node.rest, v)
			}
		}
		out = append(out, l)
	}
	return out
}

// nameObject names an object by what identifies it best, else by what it was
// joined by.
func (c *comparison) nameObject(g *group, joined *node, rest any, parent string) (object, name string) {
	if object, name, ok := c.named(g, rest); ok {
		return object, name
	}
	v := member(rest, joined.rest)
	return fmt.Sprintf("%s/%s %s", parent, g.schema, joined.hint.key(v)), c.run.mask.value(joined.rest, v)
}

// named names an object by the first value that REST has of those that
// identify its like: the same name in whatever answer it stands.
func (c *comparison) named(g *group, rest any) (object, name string, ok bool) {
	for _, k := range g.candidates() {
		if v := member(rest, k.node.rest); k.strong() && v != nil {
			return fmt.Sprintf("%s %s", g.schema, k.node.hint.key(v)), c.run.mask.value(k.node.rest, v), true
		}
	}
	return "", "", false
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

func all(items []any) map[int]bool {
	free := make(map[int]bool, len(items))
	for i := range items {
		free[i] = true
	}
	return free
}

func at(items []any, index map[string]int, key string) any {
	if i, ok := index[key]; ok && i < len(items) {
		return items[i]
	}
	return nil
}
