// Package operation makes GraphQL operations that a server can be sent: from a
// schema, for one of its root fields, or from a document that somebody wrote,
// which is held against the schema before anything is sent.
//
// It stands in a room beside the schema's own, since both ways end in the same
// thing (a text, and variables with their types and values), and since
// gqlparser, whose grammar of queries is used, has its door in graphql.
//
// It runs no operations. The check of documents finds what a schema tells
// (fields, arguments, variables, fragments); it does not replace a server's.
package operation

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// Operation is one operation in a document.
type Operation struct {
	// Text is the document.
	Text string
	// Kind is "query", "mutation" or "subscription".
	Kind string
	// Name is "" where a document gives none.
	Name string
	// Variables are in the order in which they are declared.
	Variables []Variable
}

// Variable is one variable of an operation.
type Variable struct {
	Name string
	// Type is as GraphQL writes it, such as "[ID!]!".
	Type string
	// Required says that a request must give a value.
	Required bool
	// Value is one that the type allows, as JSON; "" where none is known.
	Value string
}

// Error is what is wrong with a document, at its place.
type Error struct {
	Location check.Location
	Message  string
}

// Error returns the place and the message, "file:line:column: message".
func (e *Error) Error() string {
	if e.Location.Line == 0 {
		return strings.TrimPrefix(e.Location.File+": ", ": ") + e.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.Location.File, e.Location.Line, e.Location.Column, e.Message)
}

// Options says how an operation is made from a schema.
type Options struct {
	// Depth is how many levels of objects are selected below the root field's
	// own; connections and their nodes count as one. 0 selects the leaves of
	// the root field's type.
	Depth int
	// Items is how many items of a connection are asked for; 0 means 10.
	Items int
	// MaxFields bounds the selection; 0 means 200.
	MaxFields int
}

// Make makes the operation of a field of a root type: every argument that is
// not deprecated a variable, every field that is not deprecated and needs no
// argument selected, to the depth. What a variable has to be given is required;
// how many items are asked for has a default.
func Make(f *graphql.Field, o Options) (*Operation, error) {
	kind := f.Parent().Operation()
	if kind == "" {
		return nil, fmt.Errorf("%s is no field of a root type", f.Coordinate())
	}
	if o.Items <= 0 {
		o.Items = 10
	}
	if o.MaxFields <= 0 {
		o.MaxFields = 200
	}
	m := &maker{o: o, left: o.MaxFields, open: map[*graphql.Type]bool{}}
	return m.operation(kind, f)
}
