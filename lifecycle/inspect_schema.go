package lifecycle

import (
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// inline lists a schema that has no name, where it says something, and its
// properties.
func (in *inspector) inline(n *openapi.Node, name, before string) {
	in.stated(n, name)
	in.schema(n, name, before, 0)
}

// stated lists an inline schema where it says something.
func (in *inspector) stated(n *openapi.Node, name string) {
	if !n.Is(openapi.Object) || in.isRef(n) || len(name) > maxName {
		return
	}
	if state := in.carriers.readNode(n); !state.IsZero() {
		in.add(Schema, name, n, state)
	}
}

// isRef reports whether a schema says nothing itself.
func (in *inspector) isRef(n *openapi.Node) bool {
	return n.Has("$ref") && in.doc.Ref(n) != nil && (!in.siblings || n.Len() == 1)
}

// schema lists the properties of a schema as it is written, nested ones too,
// and not what it refers to. Branches of allOf, oneOf and the like are part of
// the schema; before is what separates the name of a property.
func (in *inspector) schema(n *openapi.Node, name, before string, depth int) {
	if depth > maxDepth || len(name) > maxName || !n.Is(openapi.Object) || in.isRef(n) {
		return
	}
	for _, member := range n.Children() {
		switch member.Key() {
		case "properties":
			at := ""
			if member.Len() > 0 {
				at = member.Pointer()
			}
			for _, p := range member.Children() {
				in.property(p, at, name+before+p.Key(), depth)
			}
		case "patternProperties", "$defs", "definitions":
			for _, p := range member.Children() {
				in.part(p, name+before+p.Key(), ".", depth)
			}
		case "additionalProperties", "unevaluatedProperties":
			in.part(member, name+before+"*", ".", depth)
		case "items", "contains", "additionalItems", "unevaluatedItems":
			items := name + "[]"
			if before == " " {
				items = name + " []"
			}
			if member.Is(openapi.Array) { // before 2020-12
				for _, p := range member.Children() {
					in.part(p, items, ".", depth)
				}
				continue
			}
			in.part(member, items, ".", depth)
		case "prefixItems":
			for _, p := range member.Children() {
				in.part(p, name+"[]", ".", depth)
			}
		case "allOf":
			for _, p := range member.Children() {
				in.schema(p, name, before, depth+1)
			}
		case "oneOf", "anyOf":
			for _, p := range member.Children() {
				in.part(p, name, before, depth)
			}
		case "if", "then", "else":
			in.schema(member, name, before, depth+1)
		case "dependentSchemas":
			for _, p := range member.Children() {
				in.schema(p, name, before, depth+1)
			}
		}
	}
}

// part lists a schema within another one, where it says something, and its
// properties.
func (in *inspector) part(n *openapi.Node, name, before string, depth int) {
	in.stated(n, name)
	in.schema(n, name, before, depth+1)
}

// property lists a property; at is the pointer to the object of properties.
func (in *inspector) property(p *openapi.Node, at, name string, depth int) {
	if len(name) > maxName {
		return
	}
	state := State{}
	if !in.isRef(p) {
		state = in.carriers.readNode(p)
	}
	in.addAt(Property, name, p, keyLocation(p, at), state)
	in.schema(p, name, ".", depth+1)
}

// keyLocation is [openapi.Node.KeyLocation] for a member of an object of which
// the pointer is known; it spares the way up from each of thousands of
// properties.
func keyLocation(n *openapi.Node, parent string) check.Location {
	start, end := n.KeyOffsets()
	if end == 0 {
		return n.KeyLocation()
	}
	src := n.Source()
	at := check.Location{File: src.Name(), Element: parent + "/" + n.Key()}
	if strings.ContainsAny(n.Key(), "~/") {
		at.Element = parent + openapi.FormatPointer(n.Key())
	}
	at.Line, at.Column = src.Position(start)
	at.EndLine, at.EndColumn = src.Position(end)
	return at
}
