package rest

import (
	"math/bits"

	"github.com/plumbapi/plumb/openapi"
)

// question asks whether two schemas say the same: all that they say, or the
// values that they allow only.
type question struct {
	base, revision *schema
	contract       bool
}

// answers remembers what [comparison.same] found. While a question is open, it
// is taken to be true where it comes up again: schemas that refer to each other
// in a circle are the same unless something in the circle differs.
type answers struct {
	known   map[question]bool
	open    map[question]bool
	assumed []question // true so far, as long as what is open is
}

// same reports whether two schemas say the same. The contract leaves out what
// only describes, such as titles and examples.
func (c *comparison) same(a, b *schema, contract bool) bool {
	if contract {
		a, b = trueAsEmpty(a), trueAsEmpty(b)
	}
	if a == b {
		return true
	}
	q := question{a, b, contract}
	if known, ok := c.answers.known[q]; ok {
		return known
	}
	if c.answers.open[q] {
		return true
	}
	if c.sameText(a.node, b.node) {
		c.answers.known[q] = true
		return true
	}
	c.answers.open[q] = true
	mark := len(c.answers.assumed)
	c.answers.assumed = append(c.answers.assumed, q)
	if c.sameMembers(a, b, contract) {
		if mark == 0 { // nothing is open any more
			for _, q := range c.answers.assumed {
				c.answers.known[q] = true
			}
			clear(c.answers.open)
			c.answers.assumed = c.answers.assumed[:0]
		}
		return true
	}
	for _, q := range c.answers.assumed[mark:] {
		delete(c.answers.open, q)
	}
	c.answers.assumed = c.answers.assumed[:mark]
	c.answers.known[q] = false
	return false
}

// trueAsEmpty takes the schema true for the one that says nothing.
func trueAsEmpty(s *schema) *schema {
	if s.always == alwaysTrue {
		return emptySchema
	}
	return s
}

func (c *comparison) sameMembers(a, b *schema, contract bool) bool {
	if a.always != b.always {
		return false
	}
	left := a.has | b.has
	if contract {
		left &^= annotations
	}
	// Texts and values first: they are cheap.
	for rest := left &^ (single | named | listed); rest != 0; rest &= rest - 1 {
		if !sameKeyword(keyword(bits.TrailingZeros64(uint64(rest))), a, b) {
			return false
		}
	}
	if !sameExtensions(a, b) || !c.sameFields(a, b, contract) {
		return false
	}
	for rest := left & (single | named | listed); rest != 0; rest &= rest - 1 {
		if !c.sameParts(keyword(bits.TrailingZeros64(uint64(rest))), a, b, contract) {
			return false
		}
	}
	return true
}

// sameKeyword compares a member that holds no schemas.
func sameKeyword(k keyword, a, b *schema) bool {
	x, y := a.get(k), b.get(k)
	switch k {
	case kwType:
		return sameSet(a.types, b.types)
	case kwRequired:
		return sameSet(words(x), words(y))
	case kwEnum:
		return len(missing(x, y)) == 0 && len(missing(y, x)) == 0
	case kwDependentRequired:
		return sameDependents(x, y)
	}
	return x != nil && y != nil && sameValue(x, y)
}

func sameDependents(x, y *openapi.Node) bool {
	if x.Len() != y.Len() {
		return false
	}
	for _, m := range x.Children() {
		if n := y.Get(m.Key()); n == nil || !sameSet(words(m), words(n)) {
			return false
		}
	}
	return true
}

func sameExtensions(a, b *schema) bool {
	if len(a.rest) != len(b.rest) {
		return false
	}
	for _, x := range a.rest {
		if y := b.extension(x.Key()); y == nil || !sameValue(x, y) {
			return false
		}
	}
	return true
}

func (c *comparison) sameFields(a, b *schema, contract bool) bool {
	if len(a.fields) != len(b.fields) {
		return false
	}
	for _, f := range a.fields {
		g, ok := b.fieldNamed(f.name)
		if !ok || f.required != g.required || !c.same(f.schema, g.schema, contract) {
			return false
		}
	}
	return true
}

func (s *schema) fieldNamed(name string) (field, bool) {
	for _, f := range s.fields {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

// sameParts compares a member that holds schemas.
func (c *comparison) sameParts(k keyword, a, b *schema, contract bool) bool {
	x, y := a.get(k), b.get(k)
	switch {
	case listed.has(k) && k != kwPrefixItems:
		m := c.match(a.lists[k], b.lists[k])
		if len(m.added)+len(m.removed) > 0 {
			return false
		}
		for _, p := range m.pairs {
			if !c.same(a.lists[k][p[0]].schema, b.lists[k][p[1]].schema, contract) {
				return false
			}
		}
		return true
	case k == kwPrefixItems:
		if len(a.lists[k]) != len(b.lists[k]) {
			return false
		}
		for i, u := range a.lists[k] {
			if !c.same(u.schema, b.lists[k][i].schema, contract) {
				return false
			}
		}
		return true
	case x == nil || y == nil:
		return x.Len() == 0 && y.Len() == 0 && named.has(k)
	case named.has(k):
		if x.Len() != y.Len() {
			return false
		}
		for _, m := range x.Children() {
			n := y.Get(m.Key())
			if n == nil || !c.same(c.left.use(m).schema, c.right.use(n).schema, contract) {
				return false
			}
		}
		return true
	}
	return c.same(c.left.use(x).schema, c.right.use(y).schema, contract)
}
