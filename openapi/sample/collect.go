package sample

import (
	"slices"

	"github.com/plumbapi/plumb/openapi"
)

// collector makes a shape.
type collector struct {
	r       *run
	s       *shape
	choices map[*openapi.Node]int
	seen    seen
}

// seen are the schemas that a shape has in it. Most have one or two, and for
// those a list is quicker than a map.
type seen struct {
	few  [6]*openapi.Node
	n    int
	more map[*openapi.Node]bool
}

// add reports whether the node is new.
func (s *seen) add(n *openapi.Node) bool {
	if slices.Contains(s.few[:s.n], n) || s.more[n] {
		return false
	}
	if s.n < len(s.few) {
		s.few[s.n] = n
		s.n++
		return true
	}
	if s.more == nil {
		s.more = map[*openapi.Node]bool{}
	}
	s.more[n] = true
	return true
}

// known is a shape that a maker remembers, with the work that it took: a value
// is the same whether its shapes were known or not.
type known struct {
	shape *shape
	steps int
}

// maxKnown bounds the shapes that a maker remembers.
const maxKnown = 4096

// collect makes the shape of schemas that hold together. Choices are the
// alternatives taken, by their lists. Who gets a shape does not change it:
// that of one schema in which nothing was chosen yet is remembered, since what
// values are made of (a user, a link, a date) comes again and again.
func (r *run) collect(schemas []*openapi.Node, choices map[*openapi.Node]int) *shape {
	if len(schemas) != 1 || len(choices) > 0 {
		return r.gather(schemas, choices)
	}
	k, ok := r.m.known[schemas[0]]
	if !ok {
		if len(r.m.known) == maxKnown {
			clear(r.m.known)
		}
		before := r.steps
		k.shape = r.gather(schemas, nil)
		k.steps = before - r.steps
		r.m.known[schemas[0]] = k
		return k.shape
	}
	r.steps -= k.steps
	return k.shape
}

func (r *run) gather(schemas []*openapi.Node, choices map[*openapi.Node]int) *shape {
	c := collector{
		r: r, choices: choices,
		s: &shape{kinds: anyKind, maxLength: -1, maxItems: -1, maxMembers: -1},
	}
	for _, n := range schemas {
		c.add(n, "", 0)
	}
	return c.s
}

// add takes a schema in. Name is that under which it is known to a
// discriminator.
func (c *collector) add(n *openapi.Node, name string, depth int) {
	if n == nil || depth > maxDepth || !c.seen.add(n) {
		return
	}
	c.r.steps--
	s := c.s
	if n.Is(openapi.Bool) {
		if !n.IsTrue() {
			s.kinds = 0
		}
		return
	}
	if ref, ok := n.Get("$ref").Str(); ok {
		if name == "" {
			name = lastToken(ref)
		}
		if r := c.r.m.doc.Ref(n); r != nil && r.Target != nil {
			c.add(r.Target, name, depth+1)
		}
		if c.r.m.doc.Version() < openapi.V31 {
			return
		}
	}
	s.nodes = append(s.nodes, n)
	c.discriminator(n, name)
	for _, sub := range n.Get("allOf").Children() {
		c.add(sub, name, depth+1)
	}
	for _, v := range n.Children() {
		c.keyword(n, v, depth)
	}
}

// discriminator fixes the member that tells alternatives apart: to the name of
// the schema that is being made.
func (c *collector) discriminator(n *openapi.Node, name string) {
	property := discriminating(n)
	if property == "" || name == "" {
		return
	}
	if _, done := c.s.forced[property]; done {
		return
	}
	if c.s.forced == nil {
		c.s.forced = map[string]string{}
	}
	c.s.forced[property] = name
	for _, m := range n.Get("discriminator").Get("mapping").Children() {
		if lastToken(m.Text()) == name {
			c.s.forced[property] = m.Key()
			return
		}
	}
}

func lastToken(ref string) string {
	for i := len(ref) - 1; i >= 0; i-- {
		if ref[i] == '/' {
			return ref[i+1:]
		}
	}
	return ref
}

func (c *collector) keyword(n, v *openapi.Node, depth int) {
	s := c.s
	switch v.Key() {
	case "type":
		c.types(n, v)
	case "const":
		s.constant = append(s.constant, v)
	case "enum":
		s.enums = append(s.enums, v)
	case "oneOf", "anyOf":
		c.alternatives(n, v, depth)
	case "not", "dependentSchemas", "dependencies", "unevaluatedProperties", "unevaluatedItems":
		s.checked = true
		if v.Key() == "dependencies" {
			s.dependents = append(s.dependents, v)
		}
	case "if":
		c.conditional(n, v, depth)
	case "readOnly":
		s.readOnly = s.readOnly || v.IsTrue()
	case "writeOnly":
		s.writeOnly = s.writeOnly || v.IsTrue()
	default:
		if !c.scalarKeyword(n, v) && !c.arrayKeyword(v) {
			c.objectKeyword(n, v)
		}
	}
}

func (c *collector) types(n, v *openapi.Node) {
	list := []*openapi.Node{v}
	if v.Is(openapi.Array) {
		list = v.Children()
	}
	var set kinds
	for _, t := range list {
		k := kindsOf(t.Text())
		if c.s.first == 0 && k != isNull {
			c.s.first = k
		}
		set |= k
	}
	if n.Get("nullable").IsTrue() || n.Get("x-nullable").IsTrue() {
		set |= isNull
	}
	if set != 0 {
		c.s.kinds &= set
	}
}

// alternatives takes the chosen alternative in, or leaves the choice to be
// made.
func (c *collector) alternatives(n, v *openapi.Node, depth int) {
	if v.Len() == 0 {
		return
	}
	c.s.checked = true
	i, chosen := c.choices[v]
	if !chosen {
		if c.s.pending == nil {
			c.s.pending = &group{node: v, schemas: v.Children(), holder: n}
		}
		return
	}
	if i >= v.Len() { // none of anyOf's: what is made by the rest may match one
		return
	}
	alternative := v.At(i)
	chosenName := ""
	if ref, ok := alternative.Get("$ref").Str(); ok {
		chosenName = lastToken(ref)
		delete(c.s.forced, discriminating(n))
		c.discriminator(n, chosenName)
	}
	c.add(alternative, chosenName, depth+1)
}

// discriminating returns the name of the property that tells alternatives
// apart: an object says it, in 2.0 a string.
func discriminating(n *openapi.Node) string {
	d := n.Get("discriminator")
	if d.Is(openapi.String) {
		return d.Text()
	}
	return d.Get("propertyName").Text()
}

// conditional takes in an if: first what follows where it matches.
func (c *collector) conditional(n, v *openapi.Node, depth int) {
	c.s.checked = true
	i, chosen := c.choices[v]
	switch {
	case !chosen:
		if c.s.pending == nil {
			c.s.pending = &group{node: v, schemas: []*openapi.Node{v, v}, holder: n}
		}
	case i == 0:
		c.add(v, "", depth+1)
		c.add(n.Get("then"), "", depth+1)
	default:
		c.add(n.Get("else"), "", depth+1)
	}
}

func (c *collector) scalarKeyword(n, v *openapi.Node) bool {
	s := c.s
	switch v.Key() {
	case "format":
		if f := v.Text(); f != "" && !slices.Contains(s.formats, f) {
			s.formats = append(s.formats, f)
		}
	case "pattern":
		s.patterns = append(s.patterns, v)
	case "minLength":
		s.minLength = max(s.minLength, whole(v))
	case "maxLength":
		s.maxLength = least(s.maxLength, whole(v))
	case "minimum":
		c.lower(v, n.Get("exclusiveMinimum").IsTrue())
	case "maximum":
		c.upper(v, n.Get("exclusiveMaximum").IsTrue())
	case "exclusiveMinimum":
		c.lower(v, true)
	case "exclusiveMaximum":
		c.upper(v, true)
	case "multipleOf":
		if f, ok := v.Float(); ok && f > 0 {
			s.multiples = append(s.multiples, f)
		}
	default:
		return false
	}
	return true
}

func (c *collector) lower(v *openapi.Node, exclusive bool) {
	f, ok := v.Float()
	if b := c.s.min; ok && (b == nil || f > b.value || f == b.value && exclusive) {
		c.s.min = &bound{f, exclusive}
	}
}

func (c *collector) upper(v *openapi.Node, exclusive bool) {
	f, ok := v.Float()
	if b := c.s.max; ok && (b == nil || f < b.value || f == b.value && exclusive) {
		c.s.max = &bound{f, exclusive}
	}
}

func (c *collector) arrayKeyword(v *openapi.Node) bool {
	s := c.s
	switch v.Key() {
	case "minItems":
		s.minItems = max(s.minItems, whole(v))
	case "maxItems":
		s.maxItems = least(s.maxItems, whole(v))
	case "uniqueItems":
		s.unique = s.unique || v.IsTrue()
	case "items":
		if v.Is(openapi.Array) {
			s.prefix = append(s.prefix, v)
		} else {
			s.items = append(s.items, v)
		}
	case "prefixItems":
		s.prefix = append(s.prefix, v)
	case "contains":
		s.contains = append(s.contains, v)
		s.checked = true
	case "minContains", "maxContains":
		s.checked = true
	default:
		return false
	}
	return true
}

func (c *collector) objectKeyword(n, v *openapi.Node) {
	s := c.s
	switch v.Key() {
	case "properties":
		s.declare(v.Children())
	case "required":
		for _, name := range v.Children() {
			if text, ok := name.Str(); ok && !slices.Contains(s.required, text) {
				s.required = append(s.required, text)
			}
		}
	case "additionalProperties":
		if b, ok := v.Bool(); ok && !b {
			s.closed = append(s.closed, n)
		} else if v.Is(openapi.Object) {
			s.additional = append(s.additional, v)
		}
	case "patternProperties":
		s.byPattern = append(s.byPattern, v)
		s.checked = true
	case "propertyNames":
		s.names = append(s.names, v)
	case "minProperties":
		s.minMembers = max(s.minMembers, whole(v))
	case "maxProperties":
		s.maxMembers = least(s.maxMembers, whole(v))
	case "dependentRequired":
		s.dependents = append(s.dependents, v)
	}
}
