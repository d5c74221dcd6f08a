package graphql

import (
	"github.com/plumbapi/plumb/check"
)

// Element is anything in a schema that a schema coordinate names: a [*Type],
// [*Field], [*InputValue], [*EnumValue] or [*DirectiveDefinition]; and the
// [*SchemaDefinition], whose coordinate is empty.
type Element interface {
	// Base returns what all elements have.
	Base() *Node
	// Coordinate names the element by structure: Type, Type.field,
	// Type.field(argument:), Enum.VALUE, Input.field, @directive or
	// @directive(argument:), as the GraphQL specification's schema
	// coordinates do.
	Coordinate() string
	// Location returns the place of the element's name.
	Location() check.Location
	// Extent returns the place of the whole definition, from its description
	// to its last token.
	Extent() check.Location
}

// Node is what every element has. It is part of an immutable schema: read it,
// do not write to it.
type Node struct {
	// Name is without any punctuation; that of a directive has no @.
	Name string
	// Description is the text of the description, as a reader of the schema
	// sees it: without quotes, escapes and common indentation.
	Description string
	// Directives are those applied to the element, in source order.
	// Introspection does not tell them, so only SDL has any.
	Directives []*Directive
	// Deprecated says why the element is deprecated; nil where it is not.
	Deprecated *Deprecation

	src         *Source
	name        span
	extent      span
	description span
}

// Base returns n itself; through it the elements are [Element] values.
func (n *Node) Base() *Node { return n }

func (n *Node) named() string { return n.Name }

// Source returns the source that the element stands in; nil for what the
// specification defines and no source does.
func (n *Node) Source() *Source { return n.src }

// Span returns the byte offsets of the whole definition in its source, from
// its description to its last token, the end exclusive; 0, 0 where it has no
// source.
func (n *Node) Span() (start, end int) { return int(n.extent.start), int(n.extent.end) }

// NameSpan returns the byte offsets of the element's name in its source, the
// end exclusive; 0, 0 where it has no source.
func (n *Node) NameSpan() (start, end int) { return int(n.name.start), int(n.name.end) }

// DescriptionSpan returns the byte offsets of the description in its source,
// quotes included, the end exclusive; 0, 0 where it has none. An empty
// description has a span.
func (n *Node) DescriptionSpan() (start, end int) {
	return int(n.description.start), int(n.description.end)
}

// Directive returns the first use of the named directive on the element, nil
// where there is none.
func (n *Node) Directive(name string) *Directive {
	for _, d := range n.Directives {
		if d.Name == name {
			return d
		}
	}
	return nil
}

// DescriptionLocation returns the place of the description, or that of the
// name where there is no description.
func DescriptionLocation(e Element) check.Location {
	n := e.Base()
	if n.description == (span{}) {
		return e.Location()
	}
	return n.src.location(n.description, e.Coordinate())
}

// DefaultReason is the reason that the GraphQL specification gives to a
// deprecation without one.
const DefaultReason = "No longer supported"

// Deprecation says that an element is deprecated.
type Deprecation struct {
	// Reason is why, in Markdown. Where the schema gives none it is
	// [DefaultReason], as introspection has it.
	Reason string
}

// HasReason reports whether somebody wrote a reason: it is neither blank nor
// the default one.
func (d *Deprecation) HasReason() bool {
	return d != nil && d.Reason != DefaultReason && !blank(d.Reason)
}

func blank(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return false
		}
	}
	return true
}

// SchemaDefinition is the schema { … } definition with its extensions. Its
// name and its coordinate are empty.
type SchemaDefinition struct {
	Node
	// Operations lists the root types that are named, in source order.
	Operations []*OperationType

	extension bool
}

// OperationType is one line of a schema definition, such as query: Query.
type OperationType struct {
	// Operation is "query", "mutation" or "subscription".
	Operation string
	// Type names the root type.
	Type *Reference
}

// Coordinate returns "": the schema itself is the root.
func (d *SchemaDefinition) Coordinate() string { return "" }

// Location returns the place of the keyword schema.
func (d *SchemaDefinition) Location() check.Location { return d.src.location(d.name, "") }

// Extent returns the place of the whole definition.
func (d *SchemaDefinition) Extent() check.Location { return d.src.location(d.extent, "") }
