// Package schema reads JSON Schemas, in the dialects of OpenAPI 2.0 to 3.2 and
// the drafts since 4, as shapes of payloads.
//
// It is lenient: what contradicts itself, leads nowhere or is too deep becomes
// any value, with a note. Constraints that say nothing about structure (lengths,
// patterns, ranges) are not read.
package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/shape"
)

// The bounds of one Reader.
const (
	maxDepth  = 300     // of schemas within schemas, references included
	maxShapes = 200_000 // that are made
	maxParts  = 500     // schemas that hold for one value
)

// Reader makes shapes of schemas. A schema that is read twice is one shape.
type Reader struct {
	// Resolve returns what the reference of a schema leads to, one step on; nil
	// where it leads nowhere.
	Resolve func(n *openapi.Node) *openapi.Node
	// Note is told what was not understood.
	Note func(shape.Note)

	made   map[string]shape.Use
	number map[*openapi.Node]int
	depth  int
	full   bool
}

// Read returns the shape of a schema in its place.
func (r *Reader) Read(n *openapi.Node) shape.Use {
	if r.made == nil {
		r.made, r.number = map[string]shape.Use{}, map[*openapi.Node]int{}
	}
	return r.read([]*openapi.Node{n})
}

func (r *Reader) note(n *openapi.Node, format string, args ...any) {
	r.Note(shape.Note{Place: n, Message: fmt.Sprintf(format, args...)})
}

// part is a schema that holds for a value, and what of it is left aside.
type part struct {
	*openapi.Node
	// noOne and noAny leave aside oneOf and anyOf.
	noOne, noAny bool
}

// read returns the shape of values for which all the schemas hold.
func (r *Reader) read(schemas []*openapi.Node) shape.Use {
	c := &conjunction{seen: map[*openapi.Node]bool{}}
	for _, n := range schemas {
		r.gather(c, n)
	}
	u := r.readParts(c.parts, "")
	if c.nullable || nullable(c.parts) {
		u.Nullable = true
	}
	return u
}

// conjunction is a list of schemas that all hold for one value.
type conjunction struct {
	parts    []part
	nullable bool
	seen     map[*openapi.Node]bool
}

// structural are the keywords that say something about structure.
var structural = []string{
	"type", "properties", "required", "items", "enum", "const", "oneOf", "anyOf", "additionalProperties",
	"patternProperties", "format", "prefixItems", "unevaluatedProperties",
}

// gather adds a schema, what it refers to, and what its allOf holds.
func (r *Reader) gather(c *conjunction, n *openapi.Node) {
	if n == nil || c.seen[n] {
		return
	}
	c.seen[n] = true
	switch n.Kind() {
	case openapi.Bool:
		return
	case openapi.Object:
	default:
		r.note(n, "%s stands where a schema belongs; any value stands in its place", n.Kind().WithArticle())
		return
	}
	if len(c.parts) >= maxParts {
		r.note(n, "more than %d schemas hold for one value; the others are left aside", maxParts)
		return
	}
	if ref := n.Get("$ref"); ref.Is(openapi.String) {
		target := r.Resolve(n)
		if target == nil {
			r.note(n, "the reference %s leads nowhere; any value stands in its place", quote(ref.Text()))
		}
		r.gather(c, target)
	}
	c.nullable = c.nullable || n.Get("nullable").IsTrue() || n.Get("x-nullable").IsTrue()
	if slices.ContainsFunc(structural, n.Has) {
		c.parts = append(c.parts, part{Node: n})
	}
	for _, s := range n.Get("allOf").Children() {
		r.gather(c, s)
	}
	for _, key := range []string{"if", "dependentSchemas", "dependencies", "not"} {
		if key != "not" && n.Has(key) {
			r.note(n, "%s is not read: members that it adds count as unknown", key)
		}
	}
}

// readParts returns the shape of values for which all parts hold, of one type
// where that is not "".
func (r *Reader) readParts(parts []part, only string) shape.Use {
	if len(parts) == 0 {
		return shape.Of(shape.Any)
	}
	key := r.key(parts, only)
	if u, ok := r.made[key]; ok {
		return u
	}
	at := parts[0].Node
	if r.depth >= maxDepth {
		r.note(at, "the schema nests more than %d deep; any value stands in its place", maxDepth)
		return shape.Of(shape.Any)
	}
	if len(r.made) >= maxShapes {
		if !r.full {
			r.full = true
			r.note(at, "the description holds more than %d schemas; any value stands in the place of the others", maxShapes)
		}
		return shape.Of(shape.Any)
	}
	r.depth++
	defer func() { r.depth-- }()
	s := r.about(parts)
	u := shape.Use{Shape: s}
	r.made[key] = u
	if r.alternatives(s, parts, only) {
		return u
	}
	types := r.types(parts, only)
	if len(types) > 1 {
		s.Kind = shape.Union
		for _, t := range types {
			s.Variants = append(s.Variants, shape.Variant{Use: r.readParts(parts, t)})
		}
		return u
	}
	if len(types) == 1 {
		u.Const = r.fill(s, parts, types[0])
		r.made[key] = u
	}
	return u
}

func (r *Reader) key(parts []part, only string) string {
	b := make([]byte, 0, 64)
	for _, p := range parts {
		id, ok := r.number[p.Node]
		if !ok {
			id = len(r.number) + 1
			r.number[p.Node] = id
		}
		b = strconv.AppendInt(b, int64(id), 36)
		if p.noOne {
			b = append(b, '1')
		}
		if p.noAny {
			b = append(b, '*')
		}
		b = append(b, ',')
	}
	return string(append(b, only...))
}

// about returns an empty shape with what the schemas say about it.
func (r *Reader) about(parts []part) *shape.Shape {
	s := &shape.Shape{Place: parts[0].Node}
	for _, p := range parts {
		if s.Description == "" {
			s.Description = p.Get("description").Text()
		}
		if s.Title == "" {
			s.Title = p.Get("title").Text()
		}
		s.Deprecated = s.Deprecated || p.Get("deprecated").IsTrue()
	}
	if len(parts) == 1 && !parts[0].noOne && !parts[0].noAny {
		s.Component = component(parts[0].Node)
	} else if top := parts[0].Node; top.Has("allOf") {
		s.Component = component(top)
	}
	return s
}

// component returns the name that a schema has in its description, "" where it
// has none.
func component(n *openapi.Node) string {
	switch n.Parent().Key() {
	case "schemas", "definitions", "$defs":
		if n.Parent().Is(openapi.Object) {
			return n.Key()
		}
	}
	return ""
}

// types returns which types values may have that all parts allow, null left
// out; none where any value may stand.
func (r *Reader) types(parts []part, only string) []string {
	if only != "" {
		return []string{only}
	}
	var types []string
	said := false
	for _, p := range parts {
		t := typesOf(p.Node)
		if t == nil {
			continue
		}
		if !said {
			types, said = t, true
			continue
		}
		if both := intersect(types, t); len(both) > 0 || len(types) == 0 || len(t) == 0 {
			types = both
		} else {
			r.note(p.Node, "the type %s contradicts %s in the same allOf; the last counts", strings.Join(t, " or "), strings.Join(types, " or "))
			types = t
		}
	}
	if said && len(types) == 0 {
		return []string{"null"}
	}
	if said {
		return types
	}
	return implied(parts)
}

// typesOf returns what "type" allows but null; nil where it says nothing.
func typesOf(n *openapi.Node) []string {
	t := n.Get("type")
	switch t.Kind() {
	case openapi.String:
		if t.Text() == "null" {
			return []string{}
		}
		return known(t.Text())
	case openapi.Array:
		types := []string{}
		for _, item := range t.Children() {
			if k := known(item.Text()); k != nil && !slices.Contains(types, k[0]) {
				types = append(types, k[0])
			} else if item.Text() != "null" && k == nil {
				return nil
			}
		}
		if slices.Contains(types, "number") {
			types = slices.DeleteFunc(types, func(t string) bool { return t == "integer" })
		}
		return types
	}
	return nil
}

func known(t string) []string {
	switch t {
	case "string", "integer", "number", "boolean", "object", "array":
		return []string{t}
	case "file":
		return []string{"string"}
	}
	return nil
}

func intersect(a, b []string) []string {
	var out []string
	for _, t := range a {
		switch {
		case slices.Contains(b, t):
			out = append(out, t)
		case t == "integer" && slices.Contains(b, "number"):
			out = append(out, t)
		case t == "number" && slices.Contains(b, "integer"):
			out = append(out, "integer")
		}
	}
	return out
}

// implied returns the type that the other keywords are about.
func implied(parts []part) []string {
	for _, p := range parts {
		switch {
		case p.Has("properties"), p.Has("required"), p.Get("additionalProperties").Is(openapi.Object), p.Has("patternProperties"):
			return []string{"object"}
		case p.Has("items"), p.Has("prefixItems"):
			return []string{"array"}
		case p.Get("enum").Len() > 0:
			return typesOfValues(p.Get("enum").Children())
		case p.Has("const"):
			return typesOfValues([]*openapi.Node{p.Get("const")})
		case p.Get("format").Text() == "date-time":
			return []string{"string"}
		}
	}
	return nil
}

// nullable reports whether the type or the values of the parts allow null.
func nullable(parts []part) bool {
	for _, p := range parts {
		for _, t := range p.Get("type").Children() {
			if t.Text() == "null" {
				return true
			}
		}
		if !p.Has("type") || p.Get("type").Text() == "null" {
			for _, v := range p.Get("enum").Children() {
				if v.Is(openapi.Null) {
					return true
				}
			}
		}
	}
	return false
}

func quote(s string) string {
	if len(s) > 80 {
		s = strings.ToValidUTF8(s[:80], "") + "…"
	}
	return strconv.Quote(s)
}
