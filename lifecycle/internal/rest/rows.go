package rest

import (
	"cmp"
	"slices"
)

// Rows are told one by one for every place in every operation. A pair that
// leads back to itself is told once for each way into its circle, as oasdiff
// does: from where a walk enters a circle, each pair of it is gone into where it
// is met first.

// entered is a pair as seen from where its circle was entered.
type entered struct {
	pair, entry *pair
}

// rows walks one use of a pair after the other.
type rows struct {
	*comparison
	trees map[*pair]map[*pair][]*edge // by entry: the edges of each pair that are gone
}

func (c *comparison) spreadRows() {
	c.findCircles()
	r := rows{c, map[*pair]map[*pair][]*edge{}}
	for _, u := range c.uses {
		if u.pair.live {
			w := rowWalk{rows: &r, use: u, seen: map[rowVisit]bool{}}
			w.visit(entered{u.pair, u.pair}, nil, false, true, "")
		}
	}
}

type rowVisit struct {
	entered
	inAllOf bool
}

type rowWalk struct {
	*rows
	use  rootUse
	seen map[rowVisit]bool
}

func (w *rowWalk) visit(at entered, by *edge, inAllOf, root bool, path string) {
	key := rowVisit{at, inAllOf}
	if w.seen[key] {
		return
	}
	w.seen[key] = true
	var n numbers
	n.add(w.use.operation)
	place := w.use.place
	if path != "" {
		place += ": " + path
	}
	w.emit(&emission{context: w.use.context, pair: at.pair, inAllOf: inAllOf, root: root, operations: n, place: place}, by)
	if _, inside := w.use.context.member(); !inside {
		return
	}
	for _, e := range w.edges(at) {
		next := entered{e.to, e.to}
		if at.pair.circle != 0 && e.to.circle == at.pair.circle {
			next.entry = at.entry
		}
		w.visit(next, e, inAllOf || e.by == kwAllOf, false, step(path, e))
	}
}

// step is the path with an edge.
func step(path string, e *edge) string {
	name := e.name
	switch e.by {
	case kwProperties:
	case kwPatternProperties, kwDependentSchemas:
		name = keywordNames[e.by] + "[" + e.name + "]"
	default:
		name = keywordNames[e.by]
	}
	if path == "" {
		return name
	}
	return path + "/" + name
}

// walkOrder is the order in which a walk goes through a pair.
var walkOrder = rank(kwAllOf, kwAnyOf, kwOneOf, kwItems, kwProperties, kwAdditionalProperties, kwPrefixItems, kwContains,
	kwPropertyNames, kwUnevaluatedItems, kwUnevaluatedProperties, kwIf, kwThen, kwElse, kwNot, kwContentSchema,
	kwPatternProperties, kwDependentSchemas)

// circleOrder is the order in which the pairs of a circle are met first.
var circleOrder = rank(kwOneOf, kwAnyOf, kwAllOf, kwNot, kwItems, kwProperties, kwAdditionalProperties, kwPrefixItems,
	kwContains, kwPatternProperties, kwDependentSchemas, kwPropertyNames, kwUnevaluatedItems, kwUnevaluatedProperties,
	kwIf, kwThen, kwElse, kwContentSchema)

func rank(list ...keyword) (r [keywords]int) {
	for i, k := range list {
		r[k] = i
	}
	return r
}

func sorted(p *pair, order *[keywords]int) []*edge {
	list := make([]*edge, len(p.edges))
	for i := range p.edges {
		list[i] = &p.edges[i]
	}
	slices.SortStableFunc(list, func(a, b *edge) int {
		return cmp.Or(cmp.Compare(order[a.by], order[b.by]), cmp.Compare(a.name, b.name))
	})
	return list
}

// edges returns the edges that are gone from a pair.
func (r *rows) edges(at entered) []*edge {
	tree := r.trees[at.entry]
	if tree == nil {
		tree = map[*pair][]*edge{}
		r.trees[at.entry] = tree
		r.grow(tree, at.entry, map[*pair]bool{})
	}
	return tree[at.pair]
}

// grow finds the tree of a circle from its entry.
func (r *rows) grow(tree map[*pair][]*edge, p *pair, met map[*pair]bool) {
	met[p] = true
	kept := map[*edge]bool{}
	for _, e := range sorted(p, &circleOrder) {
		switch {
		case p.circle == 0 || e.to.circle != p.circle:
			kept[e] = e.to.live || len(e.facts) > 0
		case !met[e.to]:
			kept[e] = true
			r.grow(tree, e.to, met)
		}
	}
	for _, e := range sorted(p, &walkOrder) {
		if kept[e] {
			tree[p] = append(tree[p], e)
		}
	}
}

// findCircles numbers the circles of pairs, by Tarjan's algorithm.
func (c *comparison) findCircles() {
	t := circles{index: map[*pair]int{}, low: map[*pair]int{}, on: map[*pair]bool{}}
	for _, u := range c.uses {
		if _, ok := t.index[u.pair]; !ok {
			t.visit(u.pair)
		}
	}
}

type circles struct {
	index, low map[*pair]int
	on         map[*pair]bool
	stack      []*pair
	count      int
}

func (t *circles) visit(p *pair) {
	t.index[p] = len(t.index) + 1
	t.low[p] = t.index[p]
	t.stack = append(t.stack, p)
	t.on[p] = true
	self := false
	for i := range p.edges {
		q := p.edges[i].to
		self = self || q == p
		if _, ok := t.index[q]; !ok {
			t.visit(q)
			t.low[p] = min(t.low[p], t.low[q])
		} else if t.on[q] {
			t.low[p] = min(t.low[p], t.index[q])
		}
	}
	if t.low[p] != t.index[p] {
		return
	}
	t.count++
	alone := t.stack[len(t.stack)-1] == p && !self
	for {
		q := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.on[q] = false
		if !alone {
			q.circle = t.count
		}
		if q == p {
			return
		}
	}
}
