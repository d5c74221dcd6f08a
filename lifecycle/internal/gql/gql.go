// Package gql finds what changed between two versions of a GraphQL schema. It
// speaks the vocabulary of GraphQL Inspector: its names of changes, its levels
// and its paths, and more names in the same style for what Inspector has none
// for.
//
// It compares and words. It judges by no policy and knows nothing of
// stability; that is for package lifecycle, which gives the changes their
// public form.
package gql

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// Change is one difference. What is new with its parent is no change of its
// own: a type that was added is one change, whatever it has.
type Change struct {
	ID    string
	Level check.Severity
	// Path is where, as Inspector writes it: Type.field.argument,
	// @directive.argument, Type.field.directive for a directive that is used;
	// "" for the schema.
	Path string
	// Subject is the schema coordinate of the element that differs.
	Subject string
	// Message says what changed in one line, with both values where there are
	// two.
	Message string
	// Key tells changes of one ID at one element apart: the member of a union,
	// the use of a directive. It is "" where there can be one only.
	Key string
	// Base and Revision are the places; that of a side without the element
	// is zero.
	Base, Revision check.Location
	// Anchor is where in the revision the element would be that is gone.
	Anchor check.Location
}

// Diff returns what changed from base to revision: by place in the revision,
// then what is gone by its place in the base. Two equal schemas have no
// changes. It takes time in proportion to the size of both.
func Diff(base, revision *graphql.Schema) []Change {
	d := &differ{base: base, revision: revision, uses: tellsUses(base) && tellsUses(revision)}
	d.schema()
	d.types()
	d.directives()
	slices.SortFunc(d.changes, func(a, b Change) int { return a.compare(&b) })
	return d.changes
}

// differ is the state of Diff.
type differ struct {
	base, revision *graphql.Schema
	// uses says that both sides tell which directives are used, as SDL does
	// and introspection does not.
	uses    bool
	changes []Change
}

// added notes an element that only the revision has.
func (d *differ) added(id string, level check.Severity, e graphql.Element, format string, args ...any) {
	d.note(id, level, e, path(e), check.Location{}, e.Location(), format, args...)
}

// removed notes an element that only the base has.
func (d *differ) removed(id string, level check.Severity, e graphql.Element, format string, args ...any) {
	d.note(id, level, e, path(e), e.Location(), check.Location{}, format, args...)
}

// changed notes an element that both have, at the places of what differs.
func (d *differ) changed(id string, level check.Severity, e graphql.Element, base, revision check.Location, format string, args ...any) {
	d.note(id, level, e, path(e), base, revision, format, args...)
}

func (d *differ) note(id string, level check.Severity, e graphql.Element, path string, base, revision check.Location, format string, args ...any) {
	c := Change{
		ID: id, Level: level, Path: path, Subject: e.Coordinate(), Message: fmt.Sprintf(format, args...),
		Base: base, Revision: revision,
	}
	if revision.Line == 0 {
		c.Anchor = d.anchor(e)
	}
	d.changes = append(d.changes, c)
}

// anchor is the place in the revision of what an element of the base is part
// of; for a type or a directive it is the start of the schema.
func (d *differ) anchor(e graphql.Element) check.Location {
	var parent graphql.Element
	switch e := e.(type) {
	case *graphql.Field:
		parent = e.Parent()
	case *graphql.EnumValue:
		parent = e.Parent()
	case *graphql.InputValue:
		parent = e.Parent()
	}
	if parent != nil {
		if known, ok := d.revision.Lookup(parent.Coordinate()); ok {
			return known.Location()
		}
	}
	if sources := d.revision.Sources(); len(sources) > 0 {
		return check.Location{File: sources[0].Name(), Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
	}
	return check.Location{}
}

// keyed gives a key to the change that was noted last.
func (d *differ) keyed(key string) { d.changes[len(d.changes)-1].Key = key }

// compare orders changes. No two changes of one comparison are equal in it.
func (c *Change) compare(o *Change) int {
	return cmp.Or(
		compareBool(c.Revision.Line == 0, o.Revision.Line == 0),
		comparePlace(&c.Revision, &o.Revision),
		comparePlace(&c.Base, &o.Base),
		strings.Compare(c.ID, o.ID),
		strings.Compare(c.Path, o.Path),
		strings.Compare(c.Message, o.Message),
	)
}

func comparePlace(a, b *check.Location) int {
	return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// path names an element as Inspector does.
func path(e graphql.Element) string {
	if v, ok := e.(*graphql.InputValue); ok {
		return v.Parent().Coordinate() + "." + v.Name
	}
	return e.Coordinate()
}
