package apidocs

import (
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// maxAllOf bounds how deep allOf is followed.
const maxAllOf = 16

// Shape is what a schema says of its values, as a reader needs it: allOf
// merged, null told apart, references resolved.
type Shape struct {
	// Node is the schema, references resolved; nil where it leads nowhere.
	Node *openapi.Node
	// Entry is the page of the schema where it has one.
	Entry *Entry
	// Type is "string", "array of integers", "User", "object", "any": in
	// words.
	Type string
	// Kind is the JSON type: "object", "array", "string", …, "" where there
	// are several or none.
	Kind     string
	Nullable bool
	Format   string
	// Limits are constraints in words: "at most 100 characters".
	Limits []string
	// Enum are the values that there may be, Const the only one, as JSON;
	// Default and Example are JSON, nil where there is none.
	Enum                    []*openapi.Node
	Const, Default, Example *openapi.Node
	Description             string
	Deprecated              bool
	ReadOnly, WriteOnly     bool
	Properties              []Property
	// Items is the schema of the items of an array.
	Items *openapi.Node
	// Values is the schema of members whose names are data.
	Values *openapi.Node
	// Closed says that an object has no other members.
	Closed bool
	// Variants are the alternatives; AnyOf says that several may hold at once.
	Variants      []*openapi.Node
	AnyOf         bool
	Discriminator string
}

// Property is a member of an object.
type Property struct {
	Name     string
	Schema   *openapi.Node
	Required bool
}

// Shape returns what a schema of a description says.
func (r *Reference) Shape(doc *openapi.Document, schema *openapi.Node) *Shape {
	s := &Shape{Node: doc.Resolve(schema)}
	if s.Node == nil {
		s.Type = "any"
		return s
	}
	s.Entry = r.byNode[s.Node]
	s.fill(doc, s.Node)
	m := merger{doc: doc, shape: s, seen: map[string]int{}}
	m.object(s.Node, 0)
	if only := onlyPart(s.Node); only != nil && s.Entry == nil {
		s.Entry = r.byNode[doc.Resolve(only)]
	}
	if schema != s.Node { // 3.1: words beside a reference are about this place
		if d := schema.Get("description").Text(); d != "" {
			s.Description = d
		}
		if schema.Get("deprecated").IsTrue() {
			s.Deprecated = true
		}
	}
	s.alternatives(doc)
	s.Type = r.words(doc, s, 0)
	return s
}

// onlyPart is the one schema that allOf holds, where the schema says little
// besides: the way to put words beside a reference in 3.0.
func onlyPart(n *openapi.Node) *openapi.Node {
	if all := n.Get("allOf"); all.Len() == 1 && !n.Has("properties") {
		return all.At(0)
	}
	return nil
}

// fill takes what stands in one schema object.
func (s *Shape) fill(doc *openapi.Document, n *openapi.Node) {
	s.kind(n)
	first(&s.Format, n.Get("format").Text())
	first(&s.Description, n.Get("description").Text())
	s.Deprecated = s.Deprecated || n.Get("deprecated").IsTrue()
	s.ReadOnly = s.ReadOnly || n.Get("readOnly").IsTrue()
	s.WriteOnly = s.WriteOnly || n.Get("writeOnly").IsTrue()
	s.Limits = append(s.Limits, limits(n)...)
	if s.Enum == nil {
		s.Enum = n.Get("enum").Children()
	}
	node(&s.Const, n.Get("const"))
	node(&s.Default, n.Get("default"))
	node(&s.Example, n.Get("example"))
	node(&s.Example, n.Get("examples").At(0))
	if items := n.Get("items"); items.Is(openapi.Object) {
		node(&s.Items, items)
	}
	switch more := n.Get("additionalProperties"); {
	case more.Is(openapi.Object) && more.Len() > 0:
		node(&s.Values, more)
	case more.Is(openapi.Bool) && !more.IsTrue():
		s.Closed = true
	}
	if s.Variants == nil {
		if one := n.Get("oneOf"); one.Len() > 0 {
			s.Variants = one.Children()
		} else if some := n.Get("anyOf"); some.Len() > 0 {
			s.Variants, s.AnyOf = some.Children(), true
		}
	}
	first(&s.Discriminator, n.Find("discriminator", "propertyName").Text())
}

// kind reads the type, in the spellings of all versions.
func (s *Shape) kind(n *openapi.Node) {
	if n.Get("nullable").IsTrue() || n.Get("x-nullable").IsTrue() {
		s.Nullable = true
	}
	t := n.Get("type")
	var kinds []string
	if t.Is(openapi.Array) {
		for _, one := range t.Children() {
			kinds = append(kinds, one.Text())
		}
	} else if text := t.Text(); text != "" {
		kinds = []string{text}
	}
	var rest []string
	for _, k := range kinds {
		if k == "null" {
			s.Nullable = true
		} else {
			rest = append(rest, k)
		}
	}
	switch {
	case s.Kind != "":
	case len(rest) == 1:
		s.Kind = rest[0]
	case len(rest) > 1:
		s.Type = strings.Join(rest, " or ")
	case n.Has("properties"):
		s.Kind = "object"
	case n.Has("items"):
		s.Kind = "array"
	}
}

// alternatives takes null out of the variants, and where one is left makes
// that the schema.
func (s *Shape) alternatives(doc *openapi.Document) {
	var rest []*openapi.Node
	for _, v := range s.Variants {
		if n := doc.Resolve(v); n.Get("type").Text() == "null" || n.Get("enum").Len() == 1 && n.Get("enum").At(0).Is(openapi.Null) {
			s.Nullable = true
			continue
		}
		rest = append(rest, v)
	}
	s.Variants = rest
}

// words says what type the values have.
func (r *Reference) words(doc *openapi.Document, s *Shape, depth int) string {
	switch {
	case s.Entry != nil && depth > 0:
		return s.Entry.Title
	case s.Kind == "array" && s.Items != nil && depth < 4:
		items := doc.Resolve(s.Items)
		if e := r.byNode[items]; e != nil {
			return "array of " + e.Title
		}
		inner := &Shape{Node: items}
		inner.kind(items)
		node(&inner.Items, items.Get("items"))
		return "array of " + plural(r.words(doc, inner, depth+1))
	case s.Kind != "":
		return s.Kind
	case s.Type != "":
		return s.Type
	case len(s.Variants) > 0:
		if s.AnyOf {
			return "any of"
		}
		return "one of"
	case len(s.Enum) > 0:
		return s.Enum[0].Kind().String()
	case s.Const != nil:
		return s.Const.Kind().String()
	}
	return "any"
}

func plural(word string) string {
	switch {
	case word == "any":
		return "anything"
	case strings.HasPrefix(word, "array of "):
		return "arrays of " + strings.TrimPrefix(word, "array of ")
	case strings.Contains(word, " "):
		return word
	}
	return word + "s"
}

// merger brings the parts of allOf and their properties together, the first
// that says something first.
type merger struct {
	doc   *openapi.Document
	shape *Shape
	seen  map[string]int // property to its place
}

func (m *merger) object(n *openapi.Node, depth int) {
	if n == nil || depth > maxAllOf {
		return
	}
	if depth > 0 {
		m.shape.fill(m.doc, n)
	}
	for _, p := range n.Get("properties").Children() {
		if _, ok := m.seen[p.Key()]; ok {
			continue
		}
		m.seen[p.Key()] = len(m.shape.Properties)
		m.shape.Properties = append(m.shape.Properties, Property{Name: p.Key(), Schema: p})
	}
	for _, part := range n.Get("allOf").Children() {
		m.object(m.doc.Resolve(part), depth+1)
	}
	for _, name := range n.Get("required").Children() {
		if at, ok := m.seen[name.Text()]; ok {
			m.shape.Properties[at].Required = true
		}
	}
}

func first(to *string, text string) {
	if *to == "" {
		*to = text
	}
}

func node(to **openapi.Node, n *openapi.Node) {
	if *to == nil {
		*to = n
	}
}
