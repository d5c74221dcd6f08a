package rest

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// Kind is what values of a schema are.
type Kind uint8

// The kinds. Any is also what a schema of several kinds has.
const (
	Any Kind = iota
	Object
	Array
	String
	Integer
	Number
	Boolean
)

var kindNames = [...]string{"any", "object", "array", "string", "integer", "number", "boolean"}

// String returns the name of JSON Schema's type; "any" for no single one.
func (k Kind) String() string { return kindNames[k] }

// Schema is a schema with its references and compositions resolved.
type Schema struct {
	// Name is that of a component, "" for one that is written in place.
	Name  string
	Words word.Name
	// Pointer is "#" and the JSON Pointer of a component.
	Pointer string
	// Node is where the schema is written.
	Node     *openapi.Node
	Kind     Kind
	Format   string
	Nullable bool
	// Enum are the values, null aside, in source order.
	Enum []string
	// Properties are those of the schema and of all that it is composed of,
	// by name.
	Properties []*Property
	// Items is the schema of an array's items; nil where none is given.
	Items *Schema
	// Open objects say nothing of what is in them: no property is declared.
	Open        bool
	Description string
	Deprecated  bool

	byName map[string]*Property
}

// Property is one property of an object.
type Property struct {
	Name                string
	Words               word.Name
	Node                *openapi.Node // the property's schema as written
	Schema              *Schema       // resolved; nil where a reference leads nowhere
	Required, Nullable  bool
	ReadOnly, WriteOnly bool
	Deprecated          bool
	Description         string
}

// Property returns the named property, nil where there is none.
func (s *Schema) Property(name string) *Property {
	if s == nil {
		return nil
	}
	return s.byName[name]
}

// Type returns what a reader calls the schema: its name, or its kind and
// format, "integer:int64", "array of string".
func (s *Schema) Type() string {
	switch {
	case s == nil:
		return "any"
	case s.Name != "" && s.Kind == Object:
		return s.Name
	case s.Kind == Array && s.Items != nil:
		return "array of " + s.Items.Type()
	case len(s.Enum) > 0:
		return "enum"
	case s.Format != "":
		return s.Kind.String() + ":" + s.Format
	}
	return s.Kind.String()
}

// Schema returns the schema behind a node, each once; nil where there is
// none.
func (a *API) Schema(n *openapi.Node) *Schema {
	n = a.Doc.Resolve(n)
	if n == nil {
		return nil
	}
	if s, ok := a.byNode[n]; ok {
		return s
	}
	s := &Schema{Node: n}
	a.byNode[n] = s
	b := builder{api: a, schema: s, parts: maxParts}
	b.add(n, maxNesting, true)
	slices.SortFunc(s.Properties, func(p, q *Property) int { return strings.Compare(p.Name, q.Name) })
	s.Open = s.Kind == Object && len(s.Properties) == 0
	return s
}

// Compositions may refer to themselves: so deep and at so many parts they
// are looked at.
const (
	maxNesting = 8
	maxParts   = 200
)

// builder puts one schema together from its parts.
type builder struct {
	api    *API
	schema *Schema
	parts  int
}

// add takes in what a part says. A part that is one of several choices
// (oneOf) makes none of its properties required.
func (b *builder) add(n *openapi.Node, depth int, certain bool) {
	if b.parts--; n == nil || depth == 0 || b.parts < 0 {
		return
	}
	s := b.schema
	kind, null := kindOf(n)
	if s.Kind == Any {
		s.Kind = kind
	}
	s.Nullable = s.Nullable || null || n.Get("nullable").IsTrue() || n.Get("x-nullable").IsTrue()
	s.Deprecated = s.Deprecated || n.Get("deprecated").IsTrue()
	if s.Format == "" {
		s.Format = n.Get("format").Text()
	}
	if s.Description == "" {
		s.Description = n.Get("description").Text()
	}
	b.values(n)
	if items := n.Get("items"); items != nil && s.Items == nil {
		s.Items = b.api.Schema(items)
	}
	required := n.Get("required")
	properties := n.Get("properties").Children()
	if s.byName == nil && len(properties) > 0 {
		s.byName = make(map[string]*Property, len(properties))
		s.Properties = make([]*Property, 0, len(properties))
	}
	for _, p := range byKey(properties) {
		b.property(p, certain && has(required, p.Key()))
	}
	for _, part := range n.Get("allOf").Children() {
		b.add(b.api.Doc.Resolve(part), depth-1, certain)
	}
	for _, key := range [...]string{"oneOf", "anyOf"} {
		choices := b.choices(n.Get(key))
		for _, part := range choices {
			b.add(part, depth-1, certain && len(choices) == 1)
		}
	}
}

// choices are the alternatives of a schema, null aside.
func (b *builder) choices(list *openapi.Node) []*openapi.Node {
	var parts []*openapi.Node
	for _, part := range list.Children() {
		part = b.api.Doc.Resolve(part)
		if part.Get("type").Text() == "null" {
			b.schema.Nullable = true
			continue
		}
		if part != nil {
			parts = append(parts, part)
		}
	}
	return parts
}

func (b *builder) values(n *openapi.Node) {
	for _, v := range n.Get("enum").Children() {
		if v.Is(openapi.Null) {
			b.schema.Nullable = true
			continue
		}
		if text := v.Text(); !slices.Contains(b.schema.Enum, text) {
			b.schema.Enum = append(b.schema.Enum, text)
		}
	}
	if c := n.Get("const"); c != nil && !c.Is(openapi.Null) {
		if text := c.Text(); !slices.Contains(b.schema.Enum, text) {
			b.schema.Enum = append(b.schema.Enum, text)
		}
	}
}

func (b *builder) property(n *openapi.Node, required bool) {
	s := b.schema
	if p := s.byName[n.Key()]; p != nil {
		p.Required = p.Required || required
		return
	}
	p := &Property{
		Name: n.Key(), Words: b.api.lex.Name(n.Key()), Node: n, Required: required,
		Schema: b.api.Schema(n), ReadOnly: n.Get("readOnly").IsTrue(), WriteOnly: n.Get("writeOnly").IsTrue(),
		Deprecated: n.Get("deprecated").IsTrue(), Description: n.Get("description").Text(),
	}
	if p.Schema != nil {
		p.Nullable = p.Schema.Nullable
		p.Deprecated = p.Deprecated || p.Schema.Deprecated
		if p.Description == "" {
			p.Description = p.Schema.Description
		}
	}
	s.byName[p.Name] = p
	s.Properties = append(s.Properties, p)
	if s.Kind == Any {
		s.Kind = Object
	}
}

// kindOf reads the type of a schema: that of 3.1 may be a list.
func kindOf(n *openapi.Node) (kind Kind, null bool) {
	t := n.Get("type")
	if !t.Is(openapi.Array) {
		kind, null = named(t.Text())
	}
	for _, c := range t.Children() {
		k, isNull := named(c.Text())
		switch {
		case isNull:
			null = true
		case kind == Any:
			kind = k
		case kind != k:
			return Any, null
		}
	}
	if kind == Any && n.Has("properties") {
		kind = Object
	}
	if kind == Any && n.Has("items") {
		kind = Array
	}
	return kind, null
}

func named(text string) (kind Kind, null bool) {
	if i := slices.Index(kindNames[:], text); i > 0 {
		return Kind(i), false
	}
	return Any, text == "null"
}

func has(list *openapi.Node, name string) bool {
	for _, c := range list.Children() {
		if c.Text() == name {
			return true
		}
	}
	return false
}

// envelope reports whether a named schema only carries others: a page of a
// list, a {data: …}.
func (s *Schema) envelope() bool { return s.wrapped() != nil }

// wrapped returns the one thing that an envelope carries: a property that is
// a list of objects, beside counts and cursors, or a property named data or
// result that is an object, beside nothing else that is one.
func (s *Schema) wrapped() *Schema {
	var list, thing *Schema
	lists, things := 0, 0
	for _, p := range s.Properties {
		v := p.Schema
		if v == nil {
			continue
		}
		switch {
		case v.Kind == Array:
			lists++
			list = v
		case v.Kind == Object && !carrier(p.Name):
			things++
			thing = v
		case v.Kind != Object && !carrier(p.Name):
			return nil // a fact of its own
		}
	}
	switch {
	case lists == 1 && things == 0:
		return list
	case lists == 0 && things == 1:
		return thing
	}
	return nil
}

var plainName = strings.NewReplacer("_", "", "-", "", "@", "", "$", "")

// carrier reports whether a property is about how a list is cut or whether
// an answer went well, and not about the thing.
func carrier(name string) bool {
	switch plainName.Replace(strings.ToLower(name)) {
	case "total", "totalcount", "count", "totalresults", "totalitems", "totalpages", "totalsize", "size", "page", "perpage", "pagesize", "limit", "offset",
		"next", "prev", "previous", "first", "last", "nexttoken", "nextpagetoken", "cursor", "nextcursor", "hasmore", "hasnext", "hasprevious",
		"incompleteresults", "object", "url", "links", "link", "meta", "metadata", "pagination", "paging", "pageinfo", "self",
		"success", "ok", "error", "errors", "message", "status", "code", "warnings", "requestid", "took", "version", "sha", "type", "kind", "included":
		return true
	}
	return false
}
