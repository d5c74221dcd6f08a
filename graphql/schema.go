package graphql

import (
	"iter"
	"sync"

	"github.com/plumbapi/plumb/check"
)

// Schema is one GraphQL schema. It is immutable, and safe for concurrent use:
// read its fields and what hangs on them, do not write to them.
//
// The lists hold what the schema defines itself, in the order of its sources.
// Built-in types and directives are not among them.
type Schema struct {
	// Definition is the schema { … } definition; nil where the root types go
	// by their default names.
	Definition *SchemaDefinition
	// Description is that of the schema as a whole.
	Description string

	// Query, Mutation and Subscription are the root types; nil where the
	// schema has none.
	Query, Mutation, Subscription *Type

	// Types are all types. Those of one kind are also in the list of the kind.
	Types      []*Type
	Scalars    []*Type
	Objects    []*Type
	Interfaces []*Type
	Unions     []*Type
	Enums      []*Type
	Inputs     []*Type

	// Directives are the directives that are defined.
	Directives []*DirectiveDefinition

	// Fields are the fields of all objects and interfaces.
	Fields []*Field
	// Arguments are the arguments of all fields and directives.
	Arguments []*InputValue
	// InputFields are the fields of all input objects.
	InputFields []*InputValue
	// EnumValues are the values of all enums.
	EnumValues []*EnumValue
	// Uses are the uses of directives on all elements.
	Uses []*Directive

	builtIns   []*Type
	types      map[string]*Type
	directives map[string]*DirectiveDefinition
	sources    []*Source
	problems   []check.Finding

	indexOnce sync.Once
	index     usage
}

// Type returns the type of the name, built-in types included, nil where there
// is none.
func (s *Schema) Type(name string) *Type { return s.types[name] }

// Directive returns the definition of the directive, given without @,
// built-in directives included, nil where there is none.
func (s *Schema) Directive(name string) *DirectiveDefinition { return s.directives[name] }

// BuiltIns returns the types of the GraphQL specification: the five scalars,
// and what the sources have of the types of introspection.
func (s *Schema) BuiltIns() []*Type { return s.builtIns }

// Sources returns what the schema was read from, in the order given.
func (s *Schema) Sources() []*Source { return s.sources }

// Problems returns what a strict build would refuse, each at its place, in
// the order of [check.Finding.Compare]. The rules are those of
// [ProblemRules].
func (s *Schema) Problems() []check.Finding { return s.problems }

// Roots returns the query, mutation and subscription type, those that the
// schema has.
func (s *Schema) Roots() []*Type {
	var roots []*Type
	for _, t := range []*Type{s.Query, s.Mutation, s.Subscription} {
		if t != nil {
			roots = append(roots, t)
		}
	}
	return roots
}

// Elements iterates over every element that the schema defines itself: each
// type followed by its fields, arguments and values, then each directive
// followed by its arguments.
func (s *Schema) Elements() iter.Seq[Element] {
	return func(yield func(Element) bool) {
		for _, t := range s.Types {
			if !t.elements(yield) {
				return
			}
		}
		for _, d := range s.Directives {
			if !yield(d) || !inputs(d.Args, yield) {
				return
			}
		}
	}
}

func (t *Type) elements(yield func(Element) bool) bool {
	if !yield(t) {
		return false
	}
	for _, f := range t.Fields {
		if !yield(f) || !inputs(f.Args, yield) {
			return false
		}
	}
	for _, v := range t.EnumValues {
		if !yield(v) {
			return false
		}
	}
	return inputs(t.InputFields, yield)
}

func inputs(values []*InputValue, yield func(Element) bool) bool {
	for _, v := range values {
		if !yield(v) {
			return false
		}
	}
	return true
}
