package rest

import (
	"math/bits"
	"slices"

	"github.com/plumbapi/plumb/openapi"
)

// schema is one schema as the comparison reads it: the members that say
// something, by keyword. Schemas of one side are compiled once each.
type schema struct {
	// node is where it is written. That of a form of 2.0 is its first
	// parameter.
	node *openapi.Node
	// always is the schema that is true or false.
	always constant
	has    keywordSet
	// nodes are the members in the order of the bits of has.
	nodes []*openapi.Node
	// rest are the members that are no keywords, such as x-sunset.
	rest []*openapi.Node
	// fields are the properties of a form of 2.0, which stand in no node.
	fields []field
	types  []string
	// lists caches the schemas in oneOf, anyOf, allOf and prefixItems.
	lists map[keyword][]use
}

// constant says whether a schema is the boolean true or false.
type constant uint8

const (
	notConstant constant = iota
	alwaysTrue
	alwaysFalse
)

// use is a schema at a place that may name it by a reference.
type use struct {
	ref string
	at  *openapi.Node
	*schema
}

func (u use) inline() bool { return u.ref == "" }

// field is a parameter of a form of 2.0, which is a property of its body.
type field struct {
	name     string
	required bool
	schema   *schema
}

// emptySchema accepts everything.
var emptySchema = &schema{}

// get returns the member, nil where there is none.
func (s *schema) get(k keyword) *openapi.Node {
	if !s.has.has(k) {
		return nil
	}
	return s.nodes[bits.OnesCount64(uint64(s.has&(1<<k-1)))]
}

// isTrue reports whether a keyword that is true or absent is true.
func (s *schema) isTrue(k keyword) bool { return s.has.has(k) && s.get(k).IsTrue() }

// text returns a string member, "" where there is none.
func (s *schema) text(k keyword) string {
	if n := s.get(k); n.Is(openapi.String) {
		return n.Text()
	}
	return ""
}

// extension returns a member that is no keyword.
func (s *schema) extension(name string) *openapi.Node {
	for _, n := range s.rest {
		if n.Key() == name {
			return n
		}
	}
	return nil
}

// requires reports whether the property is required.
func (s *schema) requires(name string) bool {
	for _, f := range s.fields {
		if f.name == name {
			return f.required
		}
	}
	for _, n := range s.get(kwRequired).Children() {
		if n.Text() == name {
			return true
		}
	}
	return false
}

// accepts reports whether null is among the values.
func (s *schema) acceptsNull() bool { return s.isTrue(kwNullable) || slices.Contains(s.types, "null") }

// mayRestrictValues reports whether more than an enum can limit the values.
func (s *schema) mayRestrictValues() bool {
	const subject = 1<<kwNot | 1<<kwConst | 1<<kwIf | 1<<kwThen | 1<<kwElse
	return s.has&subject != 0 || s.lists[kwOneOf] != nil || s.lists[kwAnyOf] != nil || s.lists[kwAllOf] != nil
}

// side is one of the two documents.
type side struct {
	doc     *openapi.Document
	schemas map[*openapi.Node]*schema
}

func newSide(doc *openapi.Document) *side {
	return &side{doc: doc, schemas: map[*openapi.Node]*schema{}}
}

func (d *side) swagger() bool { return d.doc.Version() == openapi.V20 }

// use returns the schema at the node, references resolved. What leads nowhere
// accepts everything.
func (d *side) use(n *openapi.Node) use {
	u := use{at: n}
	if r := d.doc.Ref(n); r != nil {
		u.ref = r.Value()
		u.schema = d.beside(n, d.schema(d.doc.Resolve(n)))
		return u
	}
	u.schema = d.schema(n)
	return u
}

// beside puts what stands beside a reference, from 3.1 on, over what the
// reference names.
func (d *side) beside(n *openapi.Node, target *schema) *schema {
	if n.Len() == 1 || d.doc.Version() < openapi.V31 {
		return target
	}
	if s := d.schemas[n]; s != nil {
		return s
	}
	own := d.compile(n, ^keywordSet(0))
	own.rest = slices.DeleteFunc(own.rest, func(m *openapi.Node) bool { return m.Key() == "$ref" || m.Key() == "summary" })
	if own.has&^keywordsOf(kwTitle, kwDescription) == 0 && len(own.rest) == 0 {
		d.schemas[n] = target
		return target
	}
	s := &schema{node: n, has: own.has | target.has, fields: target.fields, rest: own.rest, types: own.types}
	for left := s.has; left != 0; left &= left - 1 {
		k := keyword(bits.TrailingZeros64(uint64(left)))
		s.nodes = append(s.nodes, orElse(own.get(k), target.get(k)))
		if list := target.lists[k]; list != nil && own.lists[k] == nil {
			if s.lists == nil {
				s.lists = map[keyword][]use{}
			}
			s.lists[k] = list
		}
	}
	for k, list := range own.lists {
		if s.lists == nil {
			s.lists = map[keyword][]use{}
		}
		s.lists[k] = list
	}
	for _, m := range target.rest {
		if own.extension(m.Key()) == nil {
			s.rest = append(s.rest, m)
		}
	}
	if !own.has.has(kwType) {
		s.types = target.types
	}
	d.schemas[n] = s
	return s
}

// schema compiles the schema that is written at the node.
func (d *side) schema(n *openapi.Node) *schema { return d.compile(n, ^keywordSet(0)) }

// parameterSchema compiles the schema that the members of a parameter or a
// header of 2.0 make.
func (d *side) parameterSchema(n *openapi.Node) *schema { return d.compile(n, swaggerParameter) }

func (d *side) compile(n *openapi.Node, known keywordSet) *schema {
	if n == nil {
		return emptySchema
	}
	if s := d.schemas[n]; s != nil {
		return s
	}
	s := &schema{node: n}
	d.schemas[n] = s
	if v, ok := n.Bool(); ok {
		s.always = alwaysFalse
		if v {
			s.always = alwaysTrue
		}
		return s
	}
	var members [keywords]*openapi.Node
	for _, c := range n.Children() {
		k, ok := keywordByName[c.Key()]
		switch {
		case !n.Is(openapi.Object):
		case !ok && d.swagger() && c.Key() == "x-nullable":
			members[kwNullable] = c
			s.has |= 1 << kwNullable
		case !ok && known == swaggerParameter:
		case !ok:
			s.rest = append(s.rest, c)
		case known.has(k) && says(k, c):
			members[k] = c
			s.has |= 1 << k
		}
	}
	s.nodes = make([]*openapi.Node, 0, bits.OnesCount64(uint64(s.has)))
	for left := s.has; left != 0; left &= left - 1 {
		s.nodes = append(s.nodes, members[bits.TrailingZeros64(uint64(left))])
	}
	s.types = typesOf(s.get(kwType))
	d.compileLists(s)
	return s
}

// compileLists reads the lists of schemas.
func (d *side) compileLists(s *schema) {
	for left := s.has & listed; left != 0; left &= left - 1 {
		k := keyword(bits.TrailingZeros64(uint64(left)))
		n := s.get(k)
		if n.Len() == 0 || !n.Is(openapi.Array) {
			continue
		}
		if s.lists == nil {
			s.lists = make(map[keyword][]use, 1)
		}
		list := make([]use, n.Len())
		s.lists[k] = list // before they are compiled: a schema may list itself
		for i, c := range n.Children() {
			list[i] = d.use(c)
		}
	}
}

// says reports whether a member says anything: a false switch, an empty text,
// a lower bound of 0 and null where a value belongs do not.
func says(k keyword, n *openapi.Node) bool {
	switch {
	case switched.has(k):
		return n.IsTrue()
	case texts.has(k):
		v, ok := n.Str()
		return ok && v != ""
	case lower.has(k):
		v, ok := n.Float()
		return ok && v != 0
	case valued.has(k):
		return !n.Is(openapi.Null)
	case k == kwExclusiveMinimum, k == kwExclusiveMaximum:
		v, ok := n.Bool()
		return !ok || v
	}
	return !n.Is(openapi.Null)
}

// typesOf reads the value of type: a name or a list of them.
func typesOf(n *openapi.Node) []string {
	if name, ok := n.Str(); ok {
		return []string{name}
	}
	var list []string
	for _, c := range n.Children() {
		if name, ok := c.Str(); ok && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}
