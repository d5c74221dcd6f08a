// Package typed knows which kind of object stands where in an OpenAPI
// description, and walks a description by it: every object is visited once as
// what it is, through references, and visitors can ask to be called for what
// lies within something else only.
//
// The kinds, their names and the order of the walk are those of Redocly CLI,
// whose configurations name them. The package reports nothing by itself.
package typed

import (
	"slices"
	"sync"

	"github.com/plumbapi/plumb/openapi"
)

// Type is one kind of object, or of list.
type Type struct {
	Name string
	// Fields are the members that the kind has, in the order in which they are
	// walked.
	Fields []Field
	// Rest is what every other member is, nil where there may be none.
	Rest *Shape
	// Items makes the kind a list.
	Items *Shape
	// Extensible kinds may have members that begin with x-.
	Extensible bool
	// Required names the members that an object must have.
	Required func(n *openapi.Node) []string
	// Some are members of which one must be there.
	Some []string
	// Allowed says which of the fields an object may have, by what it holds; nil
	// where all may be.
	Allowed func(n *openapi.Node) []string

	id     int // kinds of one name have one
	byName map[string]int
	// holding are the fields with something in them to walk, even where no member
	// is a reference.
	holding []Field
}

// Field is one member of a kind.
type Field struct {
	Name  string
	Shape *Shape
}

// Shape is what a value may be: of a kind, or a scalar.
type Shape struct {
	// Type is the kind; the other fields are for what has none.
	Type *Type
	// Any is set for what is not looked at at all.
	Any bool
	// Kind is a type of JSON Schema, "" where any will do.
	Kind string
	// Enum are the values that may be; nil means all.
	Enum []string
	// Item is what each element of an array is.
	Item *Shape
	// NotNegative is set where a number must be 0 or more.
	NotNegative bool
	// Verbatim values are not looked into for references.
	Verbatim bool
	// Refers is set for a string that is a reference to an object of the kind.
	Refers *Type
	// Choose makes the shape of the value that is there; nil where nothing is
	// expected.
	Choose func(value *openapi.Node, name string) *Shape
}

// Field returns the shape of a declared member, nil where there is none.
func (t *Type) Field(name string) *Shape {
	if i, ok := t.byName[name]; ok {
		return t.Fields[i].Shape
	}
	return nil
}

// Of returns the shape that a member has: what is declared, or what every other
// member is. Nil means that none is expected.
func (t *Type) Of(name string, value *openapi.Node) *Shape {
	s := t.Field(name)
	if s == nil {
		s = t.Rest
	}
	if s != nil && s.Choose != nil {
		return s.Choose(value, name)
	}
	return s
}

// extension reports whether a member is an extension of the kind.
func (t *Type) extension(name string) bool {
	return t.Extensible && len(name) > 1 && name[0] == 'x' && name[1] == '-'
}

// Extension is the kind of what stands behind x- where nothing else is known.
var Extension = &Type{Name: "SpecExtension", Rest: &Shape{}}

// Tree is all kinds of a version of OpenAPI.
type Tree struct {
	// Version is the version as configurations name it: oas2, oas3_0, oas3_1 or
	// oas3_2.
	Version string
	Root    *Type

	types  []*Type // in the order in which they are declared
	chosen []*Type // made for choices, so that no table names them
	named  map[string]*Type
	ids    map[string]int

	passages sync.Map // what between has found
}

// Type returns the kind of a name, nil where there is none.
func (t *Tree) Type(name string) *Type { return t.named[name] }

// Names are the names of all kinds, in the order in which they are declared.
func (t *Tree) Names() []string {
	names := make([]string, len(t.types))
	for i, typ := range t.types {
		names[i] = typ.Name
	}
	return names
}

// KnownNames are the names of the kinds of all versions, each once.
func KnownNames() []string { return slices.Clone(knownNames()) }

var knownNames = sync.OnceValue(func() []string {
	var names []string
	for _, v := range []openapi.Version{openapi.V20, openapi.V30, openapi.V31, openapi.V32} {
		for _, name := range For(v).Names() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return append(names, Extension.Name)
})

// Known reports whether a version has a kind of the name.
func Known(name string) bool { return slices.Contains(knownNames(), name) }
