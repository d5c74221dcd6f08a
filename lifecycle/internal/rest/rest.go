// Package rest finds what changed between two OpenAPI descriptions. It works
// on the node trees of the documents, so that every change has its line.
//
// A pair of schemas, one of each version, is compared once, wherever it is
// used; what the comparison finds is local to the pair ([pair], [fact]). What
// a finding is called and how bad it is depends on where the schema stands: in
// a request, a response, a parameter or a header, as the body itself or inside
// it. So facts are carried to the operations that reach them ([spread]), and a
// change in a shared schema is one [Change] with all of its operations.
//
// The names of the changes and their levels are a table of sites, facets and
// verbs ([Vocabulary]); the names and the law of the levels are oasdiff's.
//
// The package finds and names changes. Whether one is allowed is for the rules
// of package lifecycle.
package rest

import (
	"fmt"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Change is one cause, as [Compare] finds it.
type Change struct {
	ID      string
	Level   check.Severity
	Message string
	// Key is what the change is about where that has no place of its own: a
	// value, a name.
	Key string
	// Base and Revision are the nodes that changed; one is nil where there is
	// nothing on that side.
	Base, Revision *openapi.Node
	// Place says where in the operation the change shows; only in rows.
	Place string
	// Operations are the operations that the change reaches, sorted.
	Operations []string
	// Beyond says that oasdiff does not look at it.
	Beyond bool
}

// Options say how to compare.
type Options struct {
	// Rows asks for one change per operation and place in it, instead of one
	// per cause, with the levels that oasdiff gives them: it takes webhooks
	// for operations that clients call.
	Rows bool
	// Now is the day on which sunset dates are judged. The zero time judges
	// all of them as past.
	Now time.Time
}

// Compare finds what changed, ordered by place in the revision, what is gone
// by its place in the base, then by ID. The documents are left as they are. The
// error says that the schemas refer to each other in too many ways.
func Compare(base, revision *openapi.Document, o Options) ([]Change, error) {
	c := newComparison(base, revision, o)
	c.compareDocuments()
	if c.tooMany {
		return nil, fmt.Errorf("the schemas make more than %d pairs", maxPairs)
	}
	return c.changes(), nil
}
