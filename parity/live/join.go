package live

import (
	"cmp"
	"fmt"
	"slices"
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
	var seen *seenLater
	for i, item := range items {
		if object, ok := item.(map[string]any); !free[i] || !ok || !rest && g.otherType(c.run, object) {
			continue
		}
		if seen == nil {
			seen = c.later(g, later, rest)
		}
		l := leftOver{value: item, steady: seen.has(item)}
		for _, k := range g.candidates() {
			if v := member(item, k.node.at(rest)); v != nil && l.name == "" {
				l.name = c.run.mask.value(k.node.rest, v)
			}
		}
		out = append(out, l)
	}
	return out
}

// at is where a side has the value of a pair.
func (n *node) at(rest bool) string {
	if rest {
		return n.rest
	}
	return n.key
}

// seenLater are the objects of a list that was asked for again.
type seenLater struct {
	whole map[string]bool
	keys  []map[string]bool // by candidate
	by    []candidate
	rest  bool
}

func (c *comparison) later(g *group, items []any, rest bool) *seenLater {
	s := &seenLater{whole: map[string]bool{}, by: g.candidates(), rest: rest}
	for _, item := range items {
		s.whole[jsonText(item)] = true
	}
	for _, k := range s.by {
		keys := map[string]bool{}
		for _, item := range items {
			if key, ok := keyOf(item, k.node.at(rest), k.node.hint); ok {
				keys[key] = true
			}
		}
		s.keys = append(s.keys, keys)
	}
	return s
}

// has reports whether the list had the object: as it was, or one with the
// same value of what identifies it.
func (s *seenLater) has(item any) bool {
	if s.whole[jsonText(item)] {
		return true
	}
	for i, k := range s.by {
		if key, ok := keyOf(item, k.node.at(s.rest), k.node.hint); ok && s.keys[i][key] {
			return true
		}
	}
	return false
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
