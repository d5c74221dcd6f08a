package rest

import (
	"math/bits"

	"github.com/plumbapi/plumb/openapi"
)

// pair is one schema of the base beside one of the revision. It is made once,
// wherever the two are compared.
type pair struct {
	base, revision *schema
	facts          []fact
	edges          []edge
	// inAllOf says that one of the two lists allOf.
	inAllOf bool
	// turns are changes to the whole that explain others.
	turns turns
	// done says that the comparison has ended.
	done bool
	// live says that the pair or one below it has facts.
	live bool
	// circle numbers the pairs that lead back to each other; 0 for those in no
	// circle.
	circle int
}

// edge leads from a pair to one inside it.
type edge struct {
	to *pair
	by keyword
	// name is the property, pattern or place in a list.
	name string
	// facts are about the property as a member of its object.
	facts []fact
}

// fact is something that changed in a pair, whatever the place of the pair in
// the operations.
type fact struct {
	verb verb
	// plain is the verb of a fact about a member of the schema.
	plain  plain
	member bool
	// inside makes a fact one about what is in the schema, also where that is a
	// body.
	inside bool
	// strict and loose are the sites at which the fact counts: in payloads of a
	// format that has types, such as JSON, and in others.
	strict, loose siteSet
	caps          caps
	key           string
	from, to      string
	base          *openapi.Node
	revision      *openapi.Node
}

// caps say what takes the edge off a level.
type caps uint8

const (
	// byRoot is a body with allOf, whose parts are compared one by one: what one
	// part lost another may have.
	byRoot caps = 1 << iota
	// byBranch is the same for a schema that lies in a part of an allOf or has
	// one.
	byBranch
	// byOwnAllOf counts the allOf of the pair itself.
	byOwnAllOf
	// byReadOnly is a property that is not sent in requests, byWriteOnly one
	// that is not sent in responses.
	byReadOnly
	byWriteOnly
	// uncapped is for what nothing takes the edge off.
	uncapped

	ordinary = byRoot | byBranch | byOwnAllOf | byReadOnly | byWriteOnly
)

// maxPairs bounds how many pairs of schemas are compared. The largest published
// descriptions have a tenth of it; circles of references that do not fit each
// other can make as many pairs as the product of their lengths.
const maxPairs = 1 << 19

// pair returns the pair of two schemas, comparing them where that has not been
// done.
func (c *comparison) pair(a, b *schema) *pair {
	key := [2]*schema{a, b}
	if p := c.pairs[key]; p != nil {
		return p
	}
	if len(c.pairs) >= maxPairs {
		c.tooMany = true
		return &pair{base: a, revision: b, done: true}
	}
	p := &pair{base: a, revision: b}
	c.pairs[key] = p
	if a == b || c.sameText(a.node, b.node) {
		p.done = true
		return p
	}
	p.inAllOf = len(a.lists[kwAllOf])+len(b.lists[kwAllOf]) > 0
	c.compareSchemas(p)
	c.connect(p)
	p.done = true
	return p
}

// connect makes the pairs inside a pair.
func (c *comparison) connect(p *pair) {
	for rest := p.base.has & p.revision.has & (single | named | listed); rest != 0; rest &= rest - 1 {
		k := keyword(bits.TrailingZeros64(uint64(rest)))
		x, y := p.base.get(k), p.revision.get(k)
		switch {
		case k == kwDefs:
			// what is not used does not matter
		case listed.has(k):
			c.connectLists(p, k)
		case named.has(k):
			for _, m := range x.Children() {
				if n := y.Get(m.Key()); n != nil {
					c.edge(p, k, m.Key(), c.left.use(m).schema, c.right.use(n).schema)
				}
			}
		case isSchema(k, x) && isSchema(k, y):
			c.edge(p, k, "", c.left.use(x).schema, c.right.use(y).schema)
		}
	}
	for _, f := range p.base.fields {
		if g, ok := p.revision.fieldNamed(f.name); ok {
			c.edge(p, kwProperties, f.name, f.schema, g.schema)
		}
	}
}

// isSchema reports whether the value of a keyword is a schema. For some a
// boolean only says whether more is allowed.
func isSchema(k keyword, n *openapi.Node) bool {
	switch k {
	case kwAdditionalProperties, kwUnevaluatedItems, kwUnevaluatedProperties:
		return n.Is(openapi.Object)
	}
	return n.Is(openapi.Object) || n.Is(openapi.Bool)
}

func (c *comparison) connectLists(p *pair, k keyword) {
	a, b := p.base.lists[k], p.revision.lists[k]
	if k == kwPrefixItems {
		for i := range min(len(a), len(b)) {
			c.edge(p, k, "", a[i].schema, b[i].schema)
		}
		return
	}
	for _, at := range c.match(a, b).pairs {
		c.edge(p, k, "", a[at[0]].schema, b[at[1]].schema)
	}
}

func (c *comparison) edge(p *pair, k keyword, name string, a, b *schema) {
	e := edge{to: c.pair(a, b), by: k, name: name}
	if k == kwProperties {
		e.facts = c.memberFacts(p, name, a, b)
	}
	if !e.to.done || len(e.to.facts)+len(e.to.edges)+len(e.facts) > 0 {
		p.edges = append(p.edges, e)
	}
}
