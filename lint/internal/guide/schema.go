package guide

import (
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// types is a set of JSON types that a schema lets through.
type types uint8

const (
	stringType types = 1 << iota
	integerType
	numberType
	booleanType
	arrayType
	objectType
	nullType
)

var typeNames = [...]string{"string", "integer", "number", "boolean", "array", "object", "null"}

// String joins the names of the types with "or".
func (t types) String() string {
	var names []string
	for i, name := range typeNames {
		if t&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, " or ")
}

func typeNamed(name string) types {
	for i, n := range typeNames {
		if n == name {
			return 1 << i
		}
	}
	return 0
}

// Composed schemas may refer to themselves: rules look so deep into them, and
// at so many of their parts.
const (
	maxNesting = 8
	maxParts   = 400
)

// typesOf returns the types that a schema lets through, null aside; none
// where it does not say. Also parameters and headers of version 2.0 have
// their type so.
func typesOf(d *openapi.Document, schema *openapi.Node) types {
	parts := maxParts
	return typesWithin(d, schema, maxNesting, &parts) &^ nullType
}

func typesWithin(d *openapi.Document, schema *openapi.Node, depth int, parts *int) types {
	schema = d.Resolve(schema)
	if *parts--; schema == nil || depth == 0 || *parts < 0 {
		return 0
	}
	if t := schema.Get("type"); t != nil {
		if t.Is(openapi.String) {
			return typeNamed(t.Text())
		}
		var all types
		for _, c := range t.Children() {
			all |= typeNamed(c.Text())
		}
		return all
	}
	for _, key := range [...]string{"oneOf", "anyOf"} {
		if choices := schema.Get(key); choices.Is(openapi.Array) {
			var all types
			for _, c := range choices.Children() {
				t := typesWithin(d, c, depth-1, parts)
				if t == 0 {
					return 0
				}
				all |= t
			}
			return all
		}
	}
	for _, c := range schema.Get("allOf").Children() {
		if t := typesWithin(d, c, depth-1, parts); t != 0 {
			return t
		}
	}
	if schema.Has("properties") {
		return objectType
	}
	return 0
}

// parameterSchema returns what says the type of a parameter or header: its
// schema, that of its only media type, or in version 2.0 itself.
func parameterSchema(d *openapi.Document, parameter *openapi.Node) *openapi.Node {
	if s := parameter.Get("schema"); s != nil {
		return d.Resolve(s)
	}
	if c := parameter.Get("content"); c.Len() == 1 {
		return d.Resolve(d.Resolve(c.Children()[0]).Get("schema"))
	}
	if d.Version() == openapi.V20 {
		return parameter
	}
	return nil
}

// eachProperty calls f with each property that an object of the schema may
// have, those of the schemas that it is composed of too.
func eachProperty(d *openapi.Document, schema *openapi.Node, f func(property *openapi.Node)) {
	parts := maxParts
	eachPropertyWithin(d, schema, maxNesting, &parts, f)
}

func eachPropertyWithin(d *openapi.Document, schema *openapi.Node, depth int, parts *int, f func(property *openapi.Node)) {
	schema = d.Resolve(schema)
	if *parts--; schema == nil || depth == 0 || *parts < 0 {
		return
	}
	for _, c := range schema.Get("properties").Children() {
		f(c)
	}
	for _, key := range [...]string{"allOf", "oneOf", "anyOf"} {
		for _, c := range schema.Get(key).Children() {
			eachPropertyWithin(d, c, depth-1, parts, f)
		}
	}
}

// declaredProperties yields every property of every schema of the document,
// as written, where it is written.
func declaredProperties(d *openapi.Document) func(yield func(property *openapi.Node) bool) {
	return func(yield func(*openapi.Node) bool) {
		for _, s := range d.Nodes(openapi.SchemaRole) {
			for _, c := range s.Get("properties").Children() {
				if !yield(c) {
					return
				}
			}
		}
	}
}
