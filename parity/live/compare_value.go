package live

import (
	"maps"
	"slices"
)

// compare compares the values of a pair by its form.
func (n *node) compare(rest, gql any) verdict {
	switch {
	case rest == nil && gql == nil:
		return same
	case rest == nil && n.empty(gql):
		return same // a list that is left out is an empty one
	case rest == nil || gql == nil:
		return oneNull
	case n.form == objects || n.form == lists:
		return same // that both have one; what is inside is compared then
	case n.form == reference:
		return n.refers(rest, gql)
	}
	return agree(n.hint, rest, gql)
}

// empty reports whether a list of GraphQL has nothing in it.
func (n *node) empty(gql any) bool {
	list, ok := gql.([]any)
	if n.form == lists {
		return len(extract(n.page, gql, "").items) == 0
	}
	return ok && len(list) == 0
}

// steady reports whether REST says the same twice.
func (n *node) steady(first, second any) bool {
	if n.form == objects || n.form == lists {
		return (first == nil) == (second == nil)
	}
	return agree(n.hint, first, second) == same
}

// plain is a value without what a connection wraps around it.
func (n *node) plain(v any) any {
	if n.form == objects || n.form == lists {
		return v != nil
	}
	return v
}

// refers compares a scalar with an object that it may name, or two objects of
// which only what identifies them is known: one agreement will do. Where
// nothing agrees, only IDs tell that the objects are others.
func (n *node) refers(rest, gql any) verdict {
	a, restObject := rest.(map[string]any)
	b, gqlObject := gql.(map[string]any)
	worst := incomparable
	for _, k := range n.names {
		x, y := rest, gql
		if restObject {
			x = folded(a, k.name)
		}
		if gqlObject {
			y = folded(b, k.name)
		}
		if x == nil || y == nil {
			continue
		}
		switch agree(k.hint, x, y) {
		case same:
			return same
		case other:
			if k.hint.id && (restObject == gqlObject || isID(n.rest)) {
				worst = other
			}
		}
	}
	return worst
}

// folded is the member of a name in any casing.
func folded(object map[string]any, name string) any {
	if v, ok := object[name]; ok {
		return v
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if fold(key) == fold(name) {
			return object[key]
		}
	}
	return nil
}

func member(v any, name string) any {
	object, _ := v.(map[string]any)
	return object[name]
}
