package live

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// hint says what the values of a pair are.
func (p *planner) hint(schema *openapi.Node, n *node) hint {
	one, _ := p.single(schema)
	t := n.gql.Type.Type()
	format := one.Get("format").Text()
	var h hint
	if t != nil {
		scalar := strings.ToLower(t.Name)
		isScalar := t.Kind == graphql.Scalar
		h.enum = t.Kind == graphql.Enum || one.Has("enum")
		h.time = isScalar && (strings.Contains(scalar, "date") || strings.HasPrefix(scalar, "time") || strings.HasSuffix(scalar, "timestamp"))
		h.url = isScalar && (scalar == "uri" || scalar == "url" || strings.HasSuffix(scalar, "url"))
		h.decimal = isScalar && !t.BuiltIn && (strings.Contains(scalar, "decimal") || strings.Contains(scalar, "money") || strings.HasPrefix(scalar, "big"))
		h.id = t.Name == "ID"
	}
	h.time = h.time || format == "date-time" || format == "date"
	h.url = h.url || format == "uri" || format == "uri-reference" || format == "url"
	h.decimal = h.decimal || format == "decimal"
	h.id = (h.id || n.field.Class == parity.Identity || isID(n.rest) && isID(n.gql.Name)) && !h.time && !h.enum
	if h.id && n.gql.Name == "id" {
		h.typ = n.gql.Parent().Name
	}
	return h
}

// single returns the schema of one value, and whether the schema is one of a
// list of them. A choice between a schema and null is that schema.
func (p *planner) single(schema *openapi.Node) (one *openapi.Node, list bool) {
	for depth := 0; depth < 8; depth++ {
		schema = p.doc.Resolve(schema)
		if items := schema.Get("items"); items != nil {
			if list {
				return schema, list // a list of lists stays one
			}
			list, schema = true, items
			continue
		}
		if p.pairOf(schema) != nil {
			return schema, list
		}
		part := only(p.doc, schema)
		if part == nil {
			return schema, list
		}
		schema = part
	}
	return schema, list
}

// only returns the part of a composition that has but one, null aside.
func only(doc *openapi.Document, schema *openapi.Node) *openapi.Node {
	if schema.Has("properties") {
		return nil
	}
	var part *openapi.Node
	for _, name := range [...]string{"allOf", "oneOf", "anyOf"} {
		for _, c := range schema.Get(name).Children() {
			if doc.Resolve(c).Get("type").Text() == "null" {
				continue
			}
			if part != nil {
				return nil
			}
			part = c
		}
	}
	return part
}

// composite reports whether values of a schema are objects.
func (p *planner) composite(schema *openapi.Node) bool {
	schema = p.doc.Resolve(schema)
	if schema.Has("properties") || schema.Get("type").Text() == "object" {
		return true
	}
	for _, c := range schema.Get("type").Children() {
		if c.Text() == "object" {
			return true
		}
	}
	for _, name := range [...]string{"allOf", "oneOf", "anyOf"} {
		for _, part := range schema.Get(name).Children() {
			if p.doc.Resolve(part).Has("properties") {
				return true
			}
		}
	}
	return false
}

// nodeArgs writes the arguments of a field inside an object: how many of a
// list. It returns which argument nothing is known for.
func (p *planner) nodeArgs(n *node) string {
	f := n.gql
	for _, a := range f.Args {
		switch {
		case isSize(a.Name) && (pageOf(f.Type.Type()) != nil || f.Type.IsList()):
			if n.args == "" {
				n.size = p.perPage()
				n.args = fmt.Sprintf("(%s: %d)", a.Name, n.size)
			}
		case a.Required():
			return fmt.Sprintf("nothing is known for the argument %q", a.Name)
		}
	}
	return ""
}

func (p *planner) perPage() int {
	if p.opts.PerPage > 0 {
		return p.opts.PerPage
	}
	return DefaultPerPage
}
