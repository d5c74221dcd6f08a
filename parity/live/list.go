package live

import (
	"encoding/json"
	"strconv"
	"strings"
)

// take finds the objects in an answer of REST. It reports whether the answer
// has the form that the description gives it.
func (a *answer) take(value any) ([]any, bool) {
	return takeAt(value, a.steps)
}

func takeAt(value any, steps []string) ([]any, bool) {
	if len(steps) == 0 {
		return []any{value}, true
	}
	if steps[0] == each {
		list, ok := value.([]any)
		var out []any
		for _, v := range list {
			in, okay := takeAt(v, steps[1:])
			ok = ok && okay
			out = append(out, in...)
		}
		return out, ok
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, false
	}
	return takeAt(object[steps[0]], steps[1:])
}

// counts is the number beside the list in an envelope; nil where there is
// none.
func (a *answer) counts(value any) any {
	for _, step := range a.steps {
		object, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		for _, name := range sortedNames(object) {
			for _, total := range totalNames {
				if fold(name) == total {
					if _, isNumber := number(scalarText(object[name])); isNumber {
						return object[name]
					}
				}
			}
		}
		value = object[step]
	}
	return nil
}

// listed is a list as GraphQL has it.
type listed struct {
	items []any
	paths []string
	total any  // nil where nothing counts them
	more  bool // a further page follows
	told  bool // the list says whether one does
	null  bool // there is no list
}

// extract takes the objects out of a list or a connection.
func extract(p *page, v any, path string) *listed {
	l := &listed{null: v == nil}
	list, name, inner := v, "", ""
	if p != nil {
		object, _ := v.(map[string]any)
		if p.nodes != "" {
			name = "/" + p.nodes
			list = object[p.nodes]
		} else {
			name, inner = "/"+p.edges, "/node"
			list = object[p.edges]
		}
		l.total = object[p.total]
		if info, ok := object["pageInfo"].(map[string]any); ok {
			l.more, l.told = info["hasNextPage"].(bool)
		}
	}
	items, _ := list.([]any)
	for i, item := range items {
		if inner != "" {
			item = member(item, "node")
		}
		l.items = append(l.items, item)
		l.paths = append(l.paths, path+name+"/"+strconv.Itoa(i)+inner)
	}
	return l
}

// whole reports whether the list is known to hold all objects: it says so, or
// it is shorter than it might be. A size of 0 means that nothing bounds it.
func (l *listed) whole(size int) bool {
	for _, item := range l.items {
		if item == nil {
			return false
		}
	}
	switch {
	case l.null:
		return false
	case l.told:
		return !l.more
	}
	return size == 0 || len(l.items) < size
}

// follow goes along the path of a query. It returns what stands at its end,
// and where.
func follow(hops []*hop, data any) (value any, path string) {
	var names []string
	for _, h := range hops {
		names = append(names, h.field.Name)
		data = member(data, h.field.Name)
		if data == nil {
			break
		}
	}
	return data, strings.Join(names, "/")
}

// list compares two lists.
func (c *comparison) list() {
	p, got := c.q.probe, c.got
	rest, ok := p.answer.take(got.rest.value)
	if !ok {
		if got.rest.missing() {
			c.missing(nil)
			return
		}
		c.unpaired(p.group)
		return
	}
	again, _ := p.answer.take(got.again.value)
	value, path := follow(p.hops, got.gql.value)
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

// unknownBound stands for a page that a server bounds in a way that is not
// known: no list is shorter than it.
const unknownBound = -1

// bound is how many objects a list holds at most; 0 where nothing bounds it.
func (h *hop) bound() int {
	for _, a := range h.args {
		if n, ok := a.constant.(int); ok {
			return n
		}
	}
	if h.page != nil {
		return unknownBound
	}
	return 0
}

// bound is the same of a list inside an object.
func (n *node) bound() int {
	if n.size == 0 && n.page != nil {
		return unknownBound
	}
	return n.size
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
	if list, ok := p.answer.take(got.again.value); ok && len(list) == 1 {
		again = list[0]
	}
	last := p.hops[len(p.hops)-1]
	if p.many {
		c.filtered(rest, again, extract(last.page, value, path), c.twice(last))
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
func (c *comparison) filtered(rest []any, again any, list, twice *listed) {
	j := c.join(c.q.probe.group, rest, []any{again}, list, twice, "")
	if len(j.pairs) == 0 {
		c.empty("", len(list.items) == 0 && rest[0] != nil)
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

// whole is a number as answers have it.
func whole(n int) any { return json.Number(strconv.Itoa(n)) }
