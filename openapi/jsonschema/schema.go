package jsonschema

import (
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// Schema is a compiled schema.
type Schema struct {
	node *openapi.Node

	always, never bool // {} and true; false

	types       typeSet
	typeText    string // the types as a list, for messages
	typeFirst   bool   // the type is checked before all other keywords
	lone        openapi.Kind
	ref         *Schema
	refAlone    bool // the $ref stands for all of the schema
	dangling    bool
	dynamic     string // anchor that $dynamicRef looks for in the dynamic scope
	resource    *resource
	constant    *openapi.Node
	enum        *enum
	not         *Schema
	anyOf       []*Schema
	oneOf       []*Schema
	allOf       []*Schema
	test        *Schema // if
	then, other *Schema
	number      *numberRules
	text        *stringRules
	array       *arrayRules
	object      *objectRules
	message     string

	closed              bool // members that no schema speaks of are wrong
	discriminator       *discriminator
	readOnly, writeOnly bool

	problem  *Problem
	unusable *Problem
	fatal    *Problem
	flag     *Problem // a boolean required, which is a problem only within another schema
	survey   Survey
	surveyed uint8
	met      int // by the surveyor that is under way
}

const (
	surveyRuns uint8 = iota + 1
	surveyDone
)

// Node returns the schema as it is written.
func (s *Schema) Node() *openapi.Node { return s.node }

type numberRules struct {
	maximum, minimum, above, below *limit // above and below are exclusive
	multipleOf                     *limit
	format                         *format
}

// limit is a number and the keyword's value that says it.
type limit struct {
	value   float64
	keyword string
}

type stringRules struct {
	maxLength, minLength int // -1: none
	pattern              *pattern
	format               *format
}

type arrayRules struct {
	maxItems, minItems       int // -1: none
	prefix                   []*Schema
	prefixKeyword            string
	rest                     *Schema // items after the prefix
	restKeyword              string
	contains                 *Schema
	minContains, maxContains int // maxContains -1: none
	unique                   bool
	unevaluated              *Schema
}

type objectRules struct {
	maxProperties, minProperties int // -1: none
	required                     []requirement
	names                        *Schema
	additional                   *Schema
	dependencies                 []dependency // arrays first, as ajv has them
	declared                     *openapi.Node
	properties                   []property
	byName                       map[string]*Schema // only many properties
	patterns                     []patternProperty
	dependents                   []dependency // dependentRequired, dependentSchemas
	unevaluated                  *Schema
}

// requirement is a name in required. The flags say that the property's own
// schema is readOnly or writeOnly.
type requirement struct {
	name                string
	readOnly, writeOnly bool
}

type property struct {
	name   string
	schema *Schema
}

type patternProperty struct {
	pattern *pattern
	schema  *Schema
}

type dependency struct {
	keyword string
	name    string
	needs   []string
	schema  *Schema
}

// each calls f with every schema that the schema applies, in the order in
// which their keywords are checked.
func (s *Schema) each(f func(*Schema)) {
	call := func(list ...*Schema) {
		for _, sub := range list {
			if sub != nil {
				f(sub)
			}
		}
	}
	call(s.ref, s.not)
	call(s.anyOf...)
	call(s.oneOf...)
	call(s.allOf...)
	call(s.test, s.then, s.other)
	if a := s.array; a != nil {
		call(a.prefix...)
		call(a.rest, a.contains, a.unevaluated)
	}
	if o := s.object; o != nil {
		call(o.names, o.additional)
		for i := range o.dependencies {
			call(o.dependencies[i].schema)
		}
		for i := range o.properties {
			f(o.properties[i].schema)
		}
		for i := range o.patterns {
			f(o.patterns[i].schema)
		}
		for i := range o.dependents {
			call(o.dependents[i].schema)
		}
		call(o.unevaluated)
	}
}

// typeSet is a set of JSON Schema's types. Zero means that all are allowed.
type typeSet uint8

const (
	typeNull typeSet = 1 << iota
	typeBoolean
	typeInteger
	typeNumber
	typeString
	typeArray
	typeObject
	typeFile // OpenAPI 2.0: whatever a file is
)

func typeOf(name string) typeSet {
	switch name {
	case "null":
		return typeNull
	case "boolean":
		return typeBoolean
	case "integer":
		return typeInteger
	case "number":
		return typeNumber
	case "string":
		return typeString
	case "array":
		return typeArray
	case "object":
		return typeObject
	}
	return 0
}

// allows reports whether the value is of one of the types.
func (t typeSet) allows(v *openapi.Node) bool {
	if t&typeFile != 0 {
		return true
	}
	switch v.Kind() {
	case openapi.Null:
		return t&typeNull != 0
	case openapi.Bool:
		return t&typeBoolean != 0
	case openapi.Number:
		return t&typeNumber != 0 || t&typeInteger != 0 && isInteger(v)
	case openapi.String:
		return t&typeString != 0
	case openapi.Array:
		return t&typeArray != 0
	case openapi.Object:
		return t&typeObject != 0
	}
	return false
}

func isInteger(v *openapi.Node) bool {
	if text := v.Text(); !strings.ContainsAny(text, ".eExXoO_") {
		return true
	}
	f, ok := v.Float()
	return ok && isWhole(f)
}
