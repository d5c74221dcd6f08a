package lifecycle

import "github.com/plumbapi/plumb/check"

// Comparison is what changed between two versions of one description. The
// order of its changes is total: by place in the revision, what is gone by its
// place in the base, then by ID.
type Comparison struct {
	Changes []Change
	// Incomplete says why the comparison could not be finished, so that
	// changes are missing; "" where it could.
	Incomplete string
}

// Change is one cause: an element that differs between the base and the
// revision in one way. What a shared schema changes is one Change, however
// many operations it reaches.
type Change struct {
	// ID names the kind of change. Those of OpenAPI are oasdiff's, such as
	// "response-property-removed", those of GraphQL are GraphQL Inspector's,
	// such as "FIELD_REMOVED".
	ID string `json:"id"`
	// Level is error for a change that breaks clients, warning for one that
	// may, info for the rest.
	Level check.Severity `json:"level"`
	// Element is what changed, in the version that has it, the revision
	// before the base: a JSON Pointer, or a schema coordinate.
	Element string `json:"element"`
	// Subject names the element as people do: "GET /users query parameter
	// sort", "User.name".
	Subject string `json:"subject"`
	// Message says what changed, with both values where there are two.
	Message string `json:"message"`
	// Base and Revision are the places on both sides. At least one has a
	// line.
	Base     check.Location `json:"base"`
	Revision check.Location `json:"revision"`
	// Operations are the operations that the change reaches, such as
	// "GET /users", sorted. Those of webhooks and callbacks have the name or
	// the expression for a path: "POST newPet", "POST {$request.body#/url}".
	// GraphQL has none.
	Operations []string `json:"operations"`
	// Beyond says that oasdiff does not look at what changed: callbacks, what
	// path items say of the parameters of all their operations, ranges of
	// statuses, kinds of change that it has no name for. Only Diff sets it.
	Beyond bool `json:"-"`

	// key tells changes of one ID at one element apart.
	key string
	// anchor is where in the revision what is gone would be; zero where that
	// is not known.
	anchor check.Location
	// whole says that the message names the subject already.
	whole bool
}
