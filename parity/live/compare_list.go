package live

import "strconv"

// list compares two lists.
func (c *comparison) list() {
	p, got := c.q.probe, c.got
	value, path := follow(p.hops, got.gql.value)
	if got.rest.missing() {
		c.missing(value)
		return
	}
	rest, _ := p.answer.take(got.rest.value)
	again, _ := p.answer.take(got.again.value)
	if value == nil {
		c.empty(path, len(rest) > 0)
		return
	}
	last := p.hops[len(p.hops)-1]
	list := extract(last.page, value, path)
	twice := c.twice(last)
	j := c.join(p.group, rest, again, list, twice, "")
	c.joined = len(j.pairs)
	for _, pair := range j.pairs {
		c.group(p.group, pair.triple)
		gql, _ := pair.gql.(map[string]any)
		object, _ := pair.rest.(map[string]any)
		c.cells[pair.i] = cell{rest: object, gql: gql, id: p.group.idOf(gql)}
	}
	c.pairs = j.pairs
	c.totals(rest, again, list, twice)
	c.sets(nil, triple{}, j, c.restWhole(rest), list.whole(last.bound()))
	c.order(j)
}

// restWhole reports whether REST is known to show all objects: it counts them,
// or no further page may follow.
func (c *comparison) restWhole(rest []any) bool {
	p, r := c.q.probe, c.got.rest
	total := r.total()
	if total == nil {
		total = p.answer.counts(r.value)
	}
	if total != nil {
		return scalarText(total) == strconv.Itoa(len(rest))
	}
	return !r.more() && (!p.paged || p.size > 0 && len(rest) < p.size)
}

// twice is the list that GraphQL gave when it was asked again; nil where it
// was not.
func (c *comparison) twice(last *hop) *listed {
	if c.got.twice == nil {
		return nil
	}
	value, path := follow(c.q.probe.hops, c.got.twice.value)
	return extract(last.page, value, path)
}

// totals compares how many objects there are in all, where both sides say
// so: in a header or an envelope, or by showing all of them.
func (c *comparison) totals(rest, again []any, list, twice *listed) {
	p := c.q.probe
	count := func(r *reply, shown []any) any {
		if n := r.total(); n != nil {
			return n
		}
		if n := p.answer.counts(r.value); n != nil {
			return n
		}
		if !p.paged && !r.more() {
			return whole(len(shown))
		}
		return nil
	}
	a, b := count(c.got.rest, rest), list.total
	if a == nil || b == nil || p.group.on != "" {
		return // of an abstract type, GraphQL counts objects of other types too
	}
	f := facet{outcome: Equal, kind: CountDiffers, name: c.q.name, rest: a, gql: b, valued: true}
	switch {
	case agree(hint{}, a, count(c.got.again, again)) != same, twice != nil && agree(hint{}, b, twice.total) != same:
		f.outcome = Noisy
	case agree(hint{}, a, b) != same:
		f.outcome = Differs
	}
	c.facets = append(c.facets, f)
}
