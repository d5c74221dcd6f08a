package lifecycle

import (
	"time"

	"github.com/plumbapi/plumb/check"
)

// Inventory is every element of one version of a description that can be
// deprecated or carry a stability level, in source order.
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
)

// Element is one element with what the description says of its life.
type Element struct {
	Surface Surface
	Kind    Kind
	// Name tells the element from all others of its surface, and is the same
	// in every version that has it, wherever it stands: "GET /users",
	// "GET /users query sort", "User.name" for a property of a named schema,
	// a schema coordinate for GraphQL.
	Name string
	// Operation is the operation that a parameter or header belongs to;
	// "" for what is shared.
	Operation string
	Location  check.Location
	State     State
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
	// "@deprecated".
	Carriers []string
	// Problems are values that could not be read, such as a sunset that is
	// no date.
	Problems []Problem
}

// Stability is how far an element has come. The order counts: what is less
// stable is less.
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

// Problem is a value that a carrier holds and that could not be read.
type Problem struct {
	Carrier, Value string
	// Want says what belongs there.
	Want     string
	Location check.Location
}
