package live

import (
	"slices"
	"strings"
)

// observation is one value as both sides have it.
type observation struct {
	node    *node
	outcome Outcome
	kind    DifferenceKind
	// object identifies the object, name shows it, masked.
	object, name string
	rest, gql    any
	// absent marks a value that REST leaves out and need not have: it differs
	// only where REST shows it elsewhere.
	absent bool
	valued bool // both sides have a value
	shown  bool // REST has the property
}

// facet is what is compared of a list or an object as a whole.
type facet struct {
	outcome   Outcome
	kind      DifferenceKind
	name      string
	rest, gql any
	valued    bool
}

// comparison is what the answers to one question say.
type comparison struct {
	run    *run
	q      *question
	got    *answers
	seen   []observation
	facets []facet
	joined int
	cells  map[int]cell // by the place of the object in the list of REST
	pool   []pooled
	// refusals are the errors of GraphQL for parts of its answer.
	refusals []string
	pairs    []joinedPair // the objects that the question is about
}

// triple is one object as all answers have it: nil where one has none.
type triple struct {
	rest, again, gql, twice any
	path                    string // where it stands in the answer of GraphQL
	object, name            string
}

// compare compares the answers to a question.
func (r *run) compare(q *question, got *answers) *comparison {
	c := &comparison{run: r, q: q, got: got, cells: map[int]cell{}}
	if q.probe.List {
		c.list()
	} else {
		c.single()
	}
	return c
}

func (c *comparison) differs() bool {
	return slices.ContainsFunc(c.seen, func(o observation) bool { return o.outcome == Differs }) ||
		slices.ContainsFunc(c.facets, func(f facet) bool { return f.outcome == Differs })
}

// group compares one object.
func (c *comparison) group(g *group, t triple) {
	rest, ok := t.rest.(map[string]any)
	gql, okay := t.gql.(map[string]any)
	if !ok || !okay || g.otherType(c.run, gql) {
		c.unpaired(g)
		return
	}
	again, _ := t.again.(map[string]any)
	twice, _ := t.twice.(map[string]any)
	c.pool = append(c.pool, pooled{g.schema, cell{rest: rest, gql: gql, id: g.idOf(gql)}})
	for _, n := range g.compared() {
		in := triple{
			rest: rest[n.rest], again: again[n.rest], gql: gql[n.key], path: t.path + "/" + n.key,
			object: t.object, name: t.name,
		}
		if t.twice != nil {
			in.twice = twice[n.key]
		}
		_, shown := rest[n.rest]
		_, shownAgain := again[n.rest]
		if c.leaf(n, in, t.twice != nil, shown || shownAgain) && n.group != nil {
			c.inside(n, in)
		}
	}
}

// idOf is the global ID of an object, nil where it shows none.
func (g *group) idOf(gql map[string]any) any {
	if g.id == "" {
		return nil
	}
	return gql[g.id]
}

// otherType reports whether an object of an abstract type is not of the one
// that is compared.
func (g *group) otherType(r *run, gql map[string]any) bool {
	name, ok := gql["__typename"].(string)
	if g.on == "" || !ok || name == g.on {
		return false
	}
	t := r.plan.result.GraphQL.Type(name)
	return t == nil || !t.Implements(g.on)
}

func (c *comparison) unpaired(g *group) {
	for _, n := range g.all() {
		c.seen = append(c.seen, observation{node: n, outcome: Unpaired})
	}
}

// leaf compares one value. It reports whether both sides have one and what is
// inside is to be compared.
func (c *comparison) leaf(n *node, t triple, hasTwice, shown bool) bool {
	o := observation{node: n, object: t.object, name: t.name, rest: t.rest, gql: t.gql, shown: shown}
	if n.form == counted {
		o.gql, t.twice = member(t.gql, n.page.total), member(t.twice, n.page.total)
	}
	verdict := n.compare(o.rest, o.gql)
	refused := c.got.gql.refused(t.path, t.gql == nil)
	switch {
	case refused != "":
		o.outcome = Declined
		c.refusals = append(c.refusals, refused)
	case !n.steady(t.rest, t.again):
		o.outcome = Noisy
	case verdict == same:
		o.outcome, o.valued = Equal, o.rest != nil
	case verdict == incomparable:
		o.outcome = Unpaired
	case hasTwice && agree(n.hint, n.plain(o.gql), n.plain(t.twice)) != same:
		o.outcome = Noisy
	default:
		o.outcome, o.kind, o.valued = Differs, ValueDiffers, true
		if verdict == oneNull {
			o.kind = NullDiffers
			o.absent = o.rest == nil && !shown && !n.required
		} else if n.form == counted {
			o.kind = CountDiffers
		}
	}
	c.seen = append(c.seen, o)
	if n.group != nil && (o.rest == nil || o.gql == nil) && o.outcome != Equal {
		for _, inner := range n.group.all() {
			c.seen = append(c.seen, observation{node: inner, outcome: lesser(o.outcome)})
		}
	}
	return o.outcome == Equal && o.rest != nil
}

// lesser is the outcome of what is inside a value: a value that one side
// lacks is one difference, not many.
func lesser(o Outcome) Outcome {
	if o == Differs {
		return Unpaired
	}
	return o
}

// inside compares what is in an object: another object, or a list of them.
func (c *comparison) inside(n *node, t triple) {
	if n.form == objects {
		in := t
		in.object, in.name = c.identify(n.group, t)
		c.group(n.group, in)
		return
	}
	rest, _ := t.rest.([]any)
	again, _ := t.again.([]any)
	list := extract(n.page, t.gql, t.path)
	twice := extract(n.page, t.twice, t.path)
	if t.twice == nil {
		twice = nil
	}
	j := c.join(n.group, rest, again, list, twice, t.object)
	for _, p := range j.pairs {
		c.group(n.group, p.triple)
	}
	// The list of REST is whole; that of GraphQL where it says so.
	c.sets(n, t, j, true, list.whole(n.bound()))
}

// identify names an object inside another by what identifies it, else by the
// place where it stands.
func (c *comparison) identify(g *group, t triple) (object, name string) {
	if object, name, ok := c.named(g, t.rest); ok {
		return object, name
	}
	return t.object + "/" + t.path[1+strings.LastIndexByte(t.path, '/'):], t.name
}
