package graphql

import (
	"slices"

	"github.com/plumbapi/plumb/check"
)

// DirectiveDefinition is the definition of a directive.
type DirectiveDefinition struct {
	Node
	Args []*InputValue
	// Locations are where the directive may be used, such as
	// "FIELD_DEFINITION", in source order.
	Locations []string
	// Repeatable directives may be used more than once at one place.
	Repeatable bool
	// BuiltIn marks the directives of the specification.
	BuiltIn bool

	extension bool // defined by extend only
	argIndex  map[string]int32
}

// Coordinate returns @directive.
func (d *DirectiveDefinition) Coordinate() string { return "@" + d.Name }

// Location returns the place of the directive's name.
func (d *DirectiveDefinition) Location() check.Location {
	return d.src.location(d.name, d.Coordinate())
}

// Extent returns the place of the definition.
func (d *DirectiveDefinition) Extent() check.Location {
	return d.src.location(d.extent, d.Coordinate())
}

// Arg returns the named argument, nil where the directive has none.
func (d *DirectiveDefinition) Arg(name string) *InputValue { return find(d.Args, d.argIndex, name) }

// On reports whether the directive may be used at a location such as
// "FIELD_DEFINITION".
func (d *DirectiveDefinition) On(location string) bool {
	return slices.Contains(d.Locations, location)
}

// Directive is the use of a directive on an element.
type Directive struct {
	// Name is without the @.
	Name string
	Args []*Argument

	src    *Source
	at     span
	extent span
	parent Element
	def    *DirectiveDefinition
}

// Definition returns the directive's definition; nil where the schema has
// none.
func (d *Directive) Definition() *DirectiveDefinition { return d.def }

// Parent returns the element that the directive is used on.
func (d *Directive) Parent() Element { return d.parent }

// Location returns the place of the directive's name; its element is the
// parent.
func (d *Directive) Location() check.Location {
	return d.src.location(d.at, d.parent.Coordinate())
}

// Extent returns the place of the directive from @ to its last argument.
func (d *Directive) Extent() check.Location {
	return d.src.location(d.extent, d.parent.Coordinate())
}

// Span returns the byte offsets of the directive from @ to its last argument,
// the end exclusive.
func (d *Directive) Span() (start, end int) { return int(d.extent.start), int(d.extent.end) }

// Arg returns the value that is given for the named argument, nil where none
// is.
func (d *Directive) Arg(name string) *Value {
	for _, a := range d.Args {
		if a.Name == name {
			return a.Value
		}
	}
	return nil
}

// ArgLocation returns the place of the name of an argument that is given;
// that of the directive where it is not.
func (d *Directive) ArgLocation(name string) check.Location {
	for _, a := range d.Args {
		if a.Name == name {
			return d.argLocation(a)
		}
	}
	return d.Location()
}

func (d *Directive) named() string { return d.Name }

func (d *Directive) argLocation(a *Argument) check.Location {
	return d.src.location(a.at, d.parent.Coordinate())
}

// Argument is a value that a directive is given.
type Argument struct {
	Name  string
	Value *Value

	at span
}
