package lifecycle

import (
	"time"

	"github.com/plumbapi/plumb/check"
)

// Inventory is every element of one version of a description that can be
// deprecated or carry a stability level. The elements of GraphQL are in source
// order; those of OpenAPI are the operations, each followed by what belongs to
// it, and then what is shared, each kind in source order.
type Inventory struct {
	Elements []Element
}

// Surface is the API that an element belongs to.
type Surface string

// The surfaces.
const (
	REST     Surface = "rest"
	GraphQL  Surface = "graphql"
	Webhooks Surface = "webhooks"
)

// Kind is what an element is.
type Kind string

// The kinds. Those from Type on are GraphQL's.
const (
	Operation      Kind = "operation"
	Parameter      Kind = "parameter"
	Header         Kind = "header"
	Schema         Kind = "schema"
	Property       Kind = "property"
	SecurityScheme Kind = "security scheme"
	Type           Kind = "type"
	Field          Kind = "field"
	Argument       Kind = "argument"
	InputField     Kind = "input field"
	EnumValue      Kind = "enum value"
	Directive      Kind = "directive"
)

// Element is one element with what the description says of its life.
type Element struct {
	Surface Surface
	Kind    Kind
	// Name tells the element from all others of its surface, and is the same
	// in every version that has it, wherever it stands:
	//
	//	GET /users                      an operation; that of a webhook or a
	//	                                callback has the name or the expression
	//	                                for a path
	//	GET /users query sort           a parameter, by its "in" and its name
	//	GET /users 200 header Link      a header of a response
	//	User                            a named schema
	//	User.address.city               a property, nested properties after dots
	//	User.tags[].name                a property of an array's items
	//	User.labels.*.name              a property of additional properties
	//	POST /users body name           a property of an inline body
	//	GET /users 200 body [].name     a property of an inline response
	//	security scheme oauth           a security scheme
	//	Project.issues(first:)          a schema coordinate, for GraphQL
	//
	// Shared parameters and headers go by the operations that use them, shared
	// bodies by their own name ("response NotFound body message"). A body that
	// is not application/json has its media type after "body", in parentheses.
	// Where branches of a schema have properties of one name, the second is
	// "NAME#2".
	Name string
	// Operation is the operation that the element belongs to, itself for an
	// operation; "" for what is shared and for GraphQL.
	Operation string
	// Required says that a client must give it: a parameter, an argument, an
	// input field.
	Required bool
	Location check.Location
	State    State
}

// State is what a description says of the life of an element. Stability and
// deprecation are two axes: something in beta can be deprecated.
type State struct {
	Stability Stability
	// Deprecated says that the element is deprecated. An experiment that
	// GraphQL marks with @deprecated for want of a better word is not.
	Deprecated bool
	// Since is when it was deprecated, or introduced where it is not; Sunset
	// is when it is gone. The zero Moment is for what nobody said.
	Since, Sunset Moment
	// Replacement is what to use instead: an operation, a coordinate, a
	// pointer, a URL, as it is written.
	Replacement string
	// Reason is why, as people wrote it, without the parts that are above.
	Reason string
	// Carriers are what said so, in source order: "deprecated", "x-sunset",
	// "@deprecated", "description".
	Carriers []string
	// Problems are values that could not be read, such as a sunset that is
	// no date.
	Problems []Problem
}

// IsZero reports whether the description says nothing of the element's life.
func (s *State) IsZero() bool { return len(s.Carriers) == 0 && len(s.Problems) == 0 }

// Stability is how far an element has come. What is less stable is less, but
// for Unstated; see [Stability.Rank].
type Stability uint8

// The levels. Unstated is that of an element that says nothing, which is taken
// for stable.
const (
	Unstated Stability = iota
	Internal
	Experimental
	Beta
	Stable
)

var stabilityNames = [...]string{"", "internal", "experimental", "beta", "stable"}

// String returns the name of the level: "internal", "experimental", "beta" or
// "stable"; "" for Unstated.
func (s Stability) String() string {
	if int(s) < len(stabilityNames) {
		return stabilityNames[s]
	}
	return ""
}

// Rank returns the level with Unstated taken for Stable, for comparisons.
func (s Stability) Rank() Stability {
	if s == Unstated {
		return Stable
	}
	return s
}

// ParseStability reads the name of a level, as String writes it; ok is false
// for any other text.
func ParseStability(name string) (s Stability, ok bool) {
	for i, n := range stabilityNames {
		if n == name {
			return Stability(i), true
		}
	}
	return Unstated, false
}

// Moment is a point in the life of an API: a day, a release, or both.
type Moment struct {
	// Date is midnight UTC of the day; zero where none is known.
	Date time.Time
	// Release is the version as the product numbers it, such as "15.7"; ""
	// where none is known.
	Release string
}

// IsZero reports whether nothing is known.
func (m Moment) IsZero() bool { return m.Date.IsZero() && m.Release == "" }

// String returns the day as RFC 3339 writes it, the release, or "RELEASE
// (DAY)"; "" for the zero Moment.
func (m Moment) String() string {
	switch {
	case m.IsZero():
		return ""
	case m.Date.IsZero():
		return m.Release
	case m.Release == "":
		return m.Date.Format(time.DateOnly)
	}
	return m.Release + " (" + m.Date.Format(time.DateOnly) + ")"
}

// Problem is a value that a carrier holds and that could not be read.
type Problem struct {
	Carrier, Value string
	// Sets is what the carrier says: "deprecated", "stability", "since",
	// "sunset", "replacement" or "reason".
	Sets string
	// Want says what belongs there.
	Want     string
	Location check.Location
}
