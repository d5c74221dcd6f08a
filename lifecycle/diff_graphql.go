package lifecycle

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle/internal/gql"
)

// DiffGraphQL compares two versions of a schema. IDs and levels of the changes
// are GraphQL Inspector's, with BREAKING as error, DANGEROUS as warning and
// NON_BREAKING as info; [GraphQLChanges] lists them. The element of a change
// is Inspector's path, such as Type.field.argument, or "" for the schema;
// its subject is the schema coordinate.
//
// What comes or goes with its parent is no change of its own. Two equal
// schemas have no changes, in whatever order they are written, and the changes
// from b to a are those from a to b the other way round.
//
// Introspection does not tell which directives a schema uses. Where one side
// comes from it, uses are not compared, but for those of @deprecated, @oneOf
// and @specifiedBy, which it tells in other ways.
func DiffGraphQL(base, revision *graphql.Schema) *Comparison {
	found := gql.Diff(base, revision)
	c := &Comparison{Changes: make([]Change, len(found))}
	for i, f := range found {
		c.Changes[i] = Change{
			ID: f.ID, Level: f.Level, Element: f.Path, Subject: f.Subject, Message: f.Message,
			Base: f.Base, Revision: f.Revision, Operations: []string{}, key: f.Key, anchor: f.Anchor, whole: true,
		}
	}
	return c
}

// ChangeKind describes one kind of change.
type ChangeKind struct {
	// ID is what Change.ID is.
	ID string
	// Levels are those that such a change can have, the worst first: the same
	// difference breaks in one place and not in another.
	Levels []check.Severity
	// Summary says in a sentence, in Markdown, what happened.
	Summary string
	// Topic is what the change is about, such as "Fields".
	Topic string
	// Own says that plumb gave the name, and not the tool whose names the
	// others are.
	Own bool
}

// GraphQLChanges describes every kind of change that [DiffGraphQL] finds, by
// topic, in the order in which they are documented.
func GraphQLChanges() []ChangeKind {
	kinds := gql.Kinds()
	list := make([]ChangeKind, len(kinds))
	for i, k := range kinds {
		list[i] = ChangeKind(k)
	}
	return list
}
