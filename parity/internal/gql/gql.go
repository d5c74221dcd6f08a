// Package gql looks at a GraphQL schema the way a comparison needs it: types
// with the nodes of connections in place of the connections, fields with
// their arguments spread out, root fields as operations. It judges nothing.
package gql

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// API is one schema.
type API struct {
	Source *graphql.Schema
	// Types are all but scalars, by name.
	Types []*Type
	// Queries and Mutations are the root fields, by name. Infrastructure
	// (node, nodes, a field that returns the query itself) is not among them.
	Queries, Mutations []*Field
	// Fields are all fields of objects and interfaces, by coordinate.
	Fields []*Field
	// Node is the root field that fetches anything by a global ID; nil where
	// there is none.
	Node *Field

	lex    *word.Lexicon
	byName map[string]*Type
}

// Role is what a type is for.
type Role uint8

// The roles. A Thing is what an API is about.
const (
	Thing Role = iota
	Connection
	Edge
	Payload
	Paging
	Root
	Input
	Enum
)

// Type is one named type.
type Type struct {
	Source *graphql.Type
	Name   string
	Words  word.Name
	Role   Role
	Fields []*Field
	// Nodes is the type of a connection's nodes and of an edge's node.
	Nodes *Type
	// Interfaces are those that the type implements; Possible are the object
	// types of an interface or union, by name.
	Interfaces, Possible []*Type
	// ByID says that the type can be fetched by a global ID.
	ByID bool

	byName map[string]*Field
}

// Field is one field of an object or interface, or a root field.
type Field struct {
	Source *graphql.Field
	Parent *Type
	Name   string
	Words  word.Name
	// Coordinate is Type.field.
	Coordinate string
	// Target is the type of what the field yields, behind lists and
	// connections; nil for a scalar.
	Target *Type
	// Scalar is the name of the scalar where Target is nil.
	Scalar string
	// Plural says that the last word of the name is a plural.
	Plural bool
	// List says that the field yields many, Paged that it does so through a
	// connection.
	List, Paged bool
	// Via is the connection's edge type, where that has fields of its own.
	Via *Type
	// Args are the arguments; those of a single input object are its fields.
	Args []*Arg
	// Payload are the fields of a mutation's payload that are about things:
	// without errors and the client's own ID.
	Payload []*Field
	// Deprecated and Experimental exclude one another.
	Deprecated, Experimental bool
	Reason                   string
}

// Arg is an argument of a field, or a field of its only input object.
type Arg struct {
	Source   *graphql.InputValue
	Name     string
	Words    word.Name
	Required bool
	// Type is the input object or enum that the argument has; nil for a
	// scalar, whose name is then Scalar.
	Type   *Type
	Scalar string
	List   bool
	// Paging says that the argument only cuts a list.
	Paging     bool
	Deprecated bool
}

// Build looks at a schema. Names become words of the lexicon. Everything is
// read by name and never in the order of the schema, on which nothing depends
// therefore, not even the numbers of words.
func Build(s *graphql.Schema, lex *word.Lexicon) *API {
	a := &API{Source: s, lex: lex, byName: map[string]*Type{}}
	for _, src := range named(s.Types) {
		if src.Kind == graphql.Scalar {
			continue
		}
		t := &Type{Source: src, Name: src.Name, Words: lex.Name(src.Name)}
		a.Types = append(a.Types, t)
		a.byName[t.Name] = t
	}
	for _, t := range a.Types {
		a.relations(t)
	}
	for _, t := range a.Types {
		a.role(t)
	}
	for _, t := range a.Types {
		a.fields(t)
	}
	a.roots()
	return a
}

// named returns elements by name.
func named[E graphql.Element](list []E) []E {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(x, y E) int { return strings.Compare(x.Base().Name, y.Base().Name) })
	return list
}

// Type returns the named type, nil where there is none or where it is a
// scalar.
func (a *API) Type(name string) *Type { return a.byName[name] }

// Field returns the named field, nil where there is none.
func (t *Type) Field(name string) *Field {
	if t == nil {
		return nil
	}
	return t.byName[name]
}

// Is reports whether a value of type u is also one of t: they are equal, or
// u is one of the possible types of t.
func (t *Type) Is(u *Type) bool {
	return t == u || t != nil && slices.Contains(t.Possible, u)
}

// relations finds the interfaces and possible types of a type.
func (a *API) relations(t *Type) {
	for _, ref := range t.Source.Interfaces {
		if i := a.byName[ref.Name]; i != nil {
			t.Interfaces = append(t.Interfaces, i)
		}
		if ref.Name == "Node" {
			t.ByID = true
		}
	}
	if !t.Source.IsAbstract() {
		return
	}
	for _, p := range t.Source.PossibleTypes() {
		if u := a.byName[p.Name]; u != nil {
			t.Possible = append(t.Possible, u)
		}
	}
	slices.SortFunc(t.Possible, func(x, y *Type) int { return strings.Compare(x.Name, y.Name) })
}

// role says what a type is for, by its shape first and by its name second.
func (a *API) role(t *Type) {
	src := t.Source
	switch src.Kind {
	case graphql.InputObject:
		t.Role = Input
		return
	case graphql.Enum:
		t.Role = Enum
		return
	case graphql.Union:
		return
	}
	named := strings.HasSuffix(src.Name, "Connection")
	nodes, edges, node, cursor := src.Field("nodes"), src.Field("edges"), src.Field("node"), src.Field("cursor")
	switch {
	case src.IsRoot():
		t.Role = Root
	case edges != nil && edges.Type.IsList() && (src.Field("pageInfo") != nil || nodes != nil || named):
		t.Role = Connection
		if nodes != nil {
			t.Nodes = a.byName[nodes.Type.Name]
		} else if e := edges.Type.Type(); e != nil && e.Field("node") != nil {
			t.Nodes = a.byName[e.Field("node").Type.Name]
		}
	case nodes != nil && nodes.Type.IsList() && (src.Field("pageInfo") != nil || named):
		t.Role = Connection
		t.Nodes = a.byName[nodes.Type.Name]
	case node != nil && cursor != nil:
		t.Role = Edge
		t.Nodes = a.byName[node.Type.Name]
	case strings.HasPrefix(src.Name, "PageInfo") || src.Field("hasNextPage") != nil && src.Field("endCursor") != nil:
		t.Role = Paging
	case strings.HasSuffix(src.Name, "Payload") && a.onlyFromMutations(src):
		t.Role = Payload
	}
}

// onlyFromMutations reports whether a type is used by nothing but fields of
// the mutation type.
func (a *API) onlyFromMutations(src *graphql.Type) bool {
	m := a.Source.Mutation
	if m == nil {
		return false
	}
	for _, use := range src.UsedBy() {
		f, ok := use.(*graphql.Field)
		if !ok || f.Parent() != m {
			return false
		}
	}
	return true
}
