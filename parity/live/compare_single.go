package live

// single compares one object.
func (c *comparison) single() {
	p, got := c.q.probe, c.got
	value, path := follow(p.hops, got.gql.value)
	if got.rest.missing() {
		c.missing(value)
		return
	}
	rest, ok := p.answer.take(got.rest.value)
	if !ok || len(rest) != 1 {
		c.unpaired(p.group)
		return
	}
	var again any
	if list, ok := p.answer.take(got.again.value); ok && len(list) == 1 && !got.again.missing() {
		again = list[0]
	}
	last := p.hops[len(p.hops)-1]
	if p.many {
		c.filtered(rest, again, extract(last.page, value, path), c.twice(last), path)
		return
	}
	if value == nil {
		c.empty(path, rest[0] != nil)
		return
	}
	t := triple{rest: rest[0], again: again, gql: value, path: path}
	if got.twice != nil {
		if t.twice, _ = follow(p.hops, got.twice.value); t.twice == nil {
			t.twice = map[string]any{}
		}
	}
	t.object, t.name = c.identify(p.group, t)
	c.joined = 1
	c.pairs = []joinedPair{{triple: t}}
	c.group(p.group, t)
	c.otherObject(t)
}

// filtered compares an object of REST with the one of a list of GraphQL that
// a filter leaves.
func (c *comparison) filtered(rest []any, again any, list, twice *listed, path string) {
	j := c.join(c.q.probe.group, rest, []any{again}, list, twice, "")
	if len(j.pairs) == 0 {
		c.empty(path, len(list.items) == 0 && rest[0] != nil)
		if len(list.items) > 0 {
			c.unpaired(c.q.probe.group)
		}
		return
	}
	c.joined, c.pairs = 1, j.pairs
	c.group(c.q.probe.group, j.pairs[0].triple)
}

// otherObject sees whether the whole answer is about another object than was
// asked for: what identifies it differs, and most of the rest too. That is
// one difference.
func (c *comparison) otherObject(t triple) {
	n := c.q.probe.group.naming()
	if n == nil {
		return
	}
	apart, all := 0, 0
	var key *observation
	for i := range c.seen {
		o := &c.seen[i]
		switch {
		case o.node == n && o.outcome == Differs:
			key = o
		case o.valued && o.kind == "" || o.outcome == Differs:
			all++
			if o.outcome == Differs {
				apart++
			}
		}
	}
	if key == nil || all < 2 || 2*apart <= all {
		return
	}
	f := facet{outcome: Differs, kind: ObjectDiffers, name: t.name, rest: key.rest, gql: key.gql, valued: true}
	c.seen = nil
	c.unpaired(c.q.probe.group)
	c.facets = append(c.facets, f)
	c.joined, c.pairs = 0, nil
}

// empty says what a list or object of GraphQL that is null means.
func (c *comparison) empty(path string, rest bool) {
	switch {
	case c.got.gql.refused(path, true) != "":
		for _, n := range c.q.probe.group.all() {
			c.seen = append(c.seen, observation{node: n, outcome: Declined})
		}
	case !rest:
		c.facets = append(c.facets, facet{outcome: Equal, kind: EmptyDiffers})
	case !c.q.sureGraphQL:
		c.unpaired(c.q.probe.group)
	case c.got.twice != nil && c.present(c.got.twice):
		c.facets = append(c.facets, facet{outcome: Noisy, kind: EmptyDiffers})
	default:
		c.facets = append(c.facets, facet{outcome: Differs, kind: EmptyDiffers, name: c.q.name, rest: c.got.rest.value, valued: true})
	}
}

// missing says what it means that REST has no such object.
func (c *comparison) missing(gql any) {
	switch {
	case gql == nil:
		c.unpaired(c.q.probe.group) // neither side has it
	case !c.got.again.missing():
		c.facets = append(c.facets, facet{outcome: Noisy, kind: EmptyDiffers})
	case c.q.sureREST:
		c.facets = append(c.facets, facet{outcome: Differs, kind: EmptyDiffers, name: c.q.name, gql: gql, valued: true})
	default:
		for _, n := range c.q.probe.group.all() {
			c.seen = append(c.seen, observation{node: n, outcome: Declined})
		}
	}
}

func (c *comparison) present(r *reply) bool {
	value, _ := follow(c.q.probe.hops, r.value)
	return value != nil
}
