package live

import "strings"

// sets judges the objects that only one side has. That an object is missing
// is known only where the other side shows its whole list and what identifies
// objects is known on both sides. A node is the pair whose lists these are;
// without one they are the lists that the probe is about.
func (c *comparison) sets(n *node, t triple, j *joining, restWhole, gqlWhole bool) {
	if len(j.rest) == 0 && len(j.gql) == 0 {
		if n == nil && (restWhole && gqlWhole) {
			c.facets = append(c.facets, facet{outcome: Equal, kind: SetDiffers, valued: len(j.pairs) > 0})
		}
		return
	}
	if n == nil && len(j.pairs) == 0 && (len(j.rest) == 0 || len(j.gql) == 0) {
		c.oneEmpty(j)
		return
	}
	if !j.sure && restWhole && gqlWhole && len(j.rest) != len(j.gql) {
		c.facetOf(n, t, facet{outcome: Differs, kind: CountDiffers, rest: whole(len(j.pairs) + len(j.rest)), gql: whole(len(j.pairs) + len(j.gql)), valued: true})
		return
	}
	for _, l := range j.rest {
		c.facetOf(n, t, facet{outcome: l.outcome(j.sure && gqlWhole), kind: SetDiffers, name: l.name, rest: l.value, valued: true})
	}
	for _, l := range j.gql {
		c.facetOf(n, t, facet{outcome: l.outcome(j.sure && restWhole), kind: SetDiffers, name: l.name, gql: l.value, valued: true})
	}
}

func (l leftOver) outcome(known bool) Outcome {
	switch {
	case !l.steady:
		return Noisy
	case known:
		return Differs
	}
	return Unpaired
}

// oneEmpty is about two lists of which one is empty: that is a difference
// whatever identifies their objects.
func (c *comparison) oneEmpty(j *joining) {
	f := facet{kind: EmptyDiffers, name: c.q.name, rest: whole(len(j.rest)), gql: whole(len(j.gql)), valued: true}
	f.outcome = append(j.rest, j.gql...)[0].outcome(true)
	c.facets = append(c.facets, f)
}

// facetOf keeps what was seen of a list: of the probe, or of a pair inside an
// object.
func (c *comparison) facetOf(n *node, t triple, f facet) {
	if n == nil {
		c.facets = append(c.facets, f)
		return
	}
	o := observation{node: n, outcome: f.outcome, kind: f.kind, object: t.object, name: t.name, rest: f.rest, gql: f.gql, valued: f.valued}
	if o.outcome != Differs {
		o.kind = ""
	}
	c.seen = append(c.seen, o)
}

// order compares the order of the objects that both sides have, where both
// were asked for one. Objects that are alike in what they are ordered by may
// stand either way.
func (c *comparison) order(j *joining) {
	p := c.q.probe
	if p.ordered == "" || len(j.pairs) < 2 {
		return
	}
	by := p.group.ordering(p.ordered)
	f := facet{outcome: Equal, kind: OrderDiffers, name: c.q.name, rest: p.ordered, gql: p.ordered, valued: true}
	for i := 1; i < len(j.pairs); i++ {
		a, b := j.pairs[i-1], j.pairs[i]
		if a.j < b.j {
			continue
		}
		if by != nil && steady(member(a.rest, by.rest), member(b.rest, by.rest)) {
			continue
		}
		f.outcome = Differs
	}
	if f.outcome == Differs && !c.steadyOrder(j) {
		f.outcome = Noisy
	}
	c.facets = append(c.facets, f)
}

// ordering is the pair that a list is sorted by, as far as names tell.
func (g *group) ordering(value string) *node {
	for _, n := range g.compared() {
		if name := fold(n.rest); n.form == scalars && (name == fold(value) || strings.HasPrefix(name, fold(value)) && n.hint.time) {
			return n
		}
	}
	return nil
}

// steadyOrder reports whether each side kept its order when it was asked
// again.
func (c *comparison) steadyOrder(j *joining) bool {
	place := func(r *reply) []any {
		list, _ := c.q.probe.answer.take(r.value)
		return list
	}
	first, second := place(c.got.rest), place(c.got.again)
	if len(first) != len(second) {
		return false
	}
	n := c.q.probe.group.naming()
	for i := range first {
		a, b := first[i], second[i]
		if n != nil {
			a, b = member(a, n.rest), member(b, n.rest)
		}
		if !steady(a, b) {
			return false
		}
	}
	if c.got.twice == nil {
		return true
	}
	last := c.q.probe.hops[len(c.q.probe.hops)-1]
	value, path := follow(c.q.probe.hops, c.got.gql.value)
	before, after := extract(last.page, value, path), c.twice(last)
	if len(before.items) != len(after.items) {
		return false
	}
	for i := range before.items {
		a, b := before.items[i], after.items[i]
		if n != nil {
			a, b = member(a, n.key), member(b, n.key)
		}
		if !steady(a, b) {
			return false
		}
	}
	return true
}
