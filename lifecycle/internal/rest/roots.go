package rest

import (
	"maps"
	"slices"
)

// context says in what way an operation uses a schema.
type context struct {
	site Site // of the schema itself
	// strict is a payload whose format tells types apart.
	strict bool
	// allOf says that the body lists allOf.
	allOf bool
	// header is a header parameter.
	header bool
	// noDefault is a parameter that must be there, so that a default means
	// nothing.
	noDefault bool
	// repeated is a parameter that is given once for each value.
	repeated bool
	// beyond is what oasdiff does not look at.
	beyond bool
	// reversed is an operation that the API itself calls.
	reversed bool
}

// rootUse is one use of a pair by an operation.
type rootUse struct {
	pair    *pair
	context context
	// operation is its number, place where in it.
	operation int
	place     string
}

// use notes that an operation uses a pair of schemas.
func (c *comparison) use(a, b *schema, ctx context, o *operationPair, place string) {
	p := c.pair(a, b)
	ctx.beyond, ctx.reversed = c.beyond, c.reversed
	if ctx.site == requestBody || ctx.site == responseBody {
		ctx.allOf = p.inAllOf
	}
	c.uses = append(c.uses, rootUse{p, ctx, o.number, place})
}

// member is the site of what is inside.
func (ctx context) member() (Site, bool) {
	switch ctx.site {
	case requestBody:
		return requestProperty, true
	case responseBody:
		return responseProperty, true
	case parameter:
		return parameterProperty, true
	}
	return 0, false // what is inside a response header has no names
}

// rootKey is a pair in a context, whatever operation uses it so.
type rootKey struct {
	pair    *pair
	context context
}

// spread carries the facts of the pairs to the operations that use them. Each
// pair in one context is walked once, for all of its operations together.
func (c *comparison) spread() {
	c.findLive()
	if c.options.Rows {
		c.spreadRows()
		return
	}
	at := map[rootKey]int{}
	var keys []rootKey
	var operations []numbers
	for _, u := range c.uses {
		if !u.pair.live {
			continue
		}
		k := rootKey{u.pair, u.context}
		i, ok := at[k]
		if !ok {
			i = len(keys)
			at[k] = i
			keys = append(keys, k)
			operations = append(operations, numbers{})
		}
		operations[i].add(u.operation)
	}
	for i, k := range keys {
		w := walk{comparison: c, context: k.context, root: k.pair, operations: operations[i]}
		w.seen = map[visit]bool{}
		w.visit(k.pair, nil, false, true)
	}
}

// findLive marks the pairs that have facts in or below them.
func (c *comparison) findLive() {
	above := map[*pair][]*pair{}
	var queue []*pair
	for _, p := range c.pairs {
		has := len(p.facts) > 0
		for i := range p.edges {
			above[p.edges[i].to] = append(above[p.edges[i].to], p)
			has = has || len(p.edges[i].facts) > 0
		}
		if has {
			p.live = true
			queue = append(queue, p)
		}
	}
	for len(queue) > 0 {
		p := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, q := range above[p] {
			if !q.live {
				q.live = true
				queue = append(queue, q)
			}
		}
	}
}

// visit is a pair as a walk meets it.
type visit struct {
	pair    *pair
	inAllOf bool
}

// walk goes through what is in a pair, each pair once.
type walk struct {
	*comparison
	context    context
	root       *pair
	operations numbers
	seen       map[visit]bool
}

// visit emits the facts of a pair and those below it. The root is not part of
// itself, where it comes up again.
func (w *walk) visit(p *pair, by *edge, inAllOf, root bool) {
	key := visit{p, inAllOf}
	if w.seen[key] || !root && p == w.root {
		return
	}
	w.seen[key] = true
	at := emission{context: w.context, pair: p, inAllOf: inAllOf, root: root, operations: w.operations}
	w.emit(&at, by)
	if _, inside := w.context.member(); !inside {
		return
	}
	for i := range p.edges {
		if e := &p.edges[i]; e.to.live || len(e.facts) > 0 {
			w.visit(e.to, e, inAllOf || e.by == kwAllOf, false)
		}
	}
}

// numbers is a set of numbers.
type numbers []uint64

func (n *numbers) add(i int) {
	for len(*n) <= i/64 {
		*n = append(*n, 0)
	}
	(*n)[i/64] |= 1 << (i % 64)
}

func (n *numbers) addAll(m numbers) {
	for len(*n) < len(m) {
		*n = append(*n, 0)
	}
	for i, w := range m {
		(*n)[i] |= w
	}
}

// without removes numbers and reports whether some are left.
func (n numbers) without(m numbers) bool {
	left := false
	for i := range n {
		if i < len(m) {
			n[i] &^= m[i]
		}
		left = left || n[i] != 0
	}
	return left
}

// names returns the operations with the numbers, sorted.
func (c *comparison) names(n numbers) []string {
	set := map[string]bool{}
	for i, name := range c.operations {
		if i/64 < len(n) && n[i/64]&(1<<(i%64)) != 0 {
			set[name] = true
		}
	}
	return slices.AppendSeq(make([]string, 0, len(set)), slices.Values(slices.Sorted(maps.Keys(set))))
}
