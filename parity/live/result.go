package live

import (
	"fmt"

	"github.com/plumbapi/plumb/parity"
)

// Outcome is what became of a value, or of a probe as a whole.
type Outcome string

// The outcomes.
const (
	// Equal: both sides say the same, in their own forms.
	Equal Outcome = "equal"
	// Differs: they do not.
	Differs Outcome = "differs"
	// Noisy: one side does not say the same twice.
	Noisy Outcome = "noisy"
	// Declined: a side did not answer, or not for this value.
	Declined Outcome = "declined"
	// Unpaired: there is nothing to compare with: no parameter could be
	// bound, no object joined, the forms cannot be compared.
	Unpaired Outcome = "unpaired"
)

// Side is one of the two servers.
type Side string

// The sides.
const (
	RESTSide    Side = "REST"
	GraphQLSide Side = "GraphQL"
)

// Result is what two running servers say about the same objects. It depends
// on the answers only, not on time.
type Result struct {
	// Complete says that the run came to its end and compared something.
	// Incomplete lists why it is not.
	Complete   bool     `json:"complete"`
	Incomplete []string `json:"incomplete"`
	// Requests is how many requests were sent.
	Requests int `json:"requests"`
	// Counts are those of all values.
	Counts Counts `json:"counts"`
	// Probes are those of the plan, in its order.
	Probes []*ProbeResult `json:"probes"`
	// Pairs are the pairs of fields that were asked for, in the order of
	// parity.Result.Fields.
	Pairs []*PairResult `json:"pairs"`
	// Differences are those of all probes, in the order of the plan, at most
	// Options.Shown of one pair or list and kind.
	Differences []Difference `json:"differences"`
	// Suggestions are pairs that the field map does not have and that values
	// prove.
	Suggestions []Suggestion `json:"suggestions"`

	Plan *Plan `json:"-"`

	counted map[differenceKey]int // all differences, listed or not
}

// Counts counts values by outcome.
type Counts struct {
	Equal    int `json:"equal"`
	Differs  int `json:"differs"`
	Noisy    int `json:"noisy"`
	Declined int `json:"declined"`
	Unpaired int `json:"unpaired"`
}

// Compared is how many values were compared: those that are equal and those
// that differ.
func (c Counts) Compared() int { return c.Equal + c.Differs }

// Add counts one value.
func (c *Counts) add(o Outcome, n int) {
	switch o {
	case Equal:
		c.Equal += n
	case Differs:
		c.Differs += n
	case Noisy:
		c.Noisy += n
	case Declined:
		c.Declined += n
	case Unpaired:
		c.Unpaired += n
	}
}

// ProbeResult is what came of one probe.
type ProbeResult struct {
	Operation  string `json:"operation"`
	Coordinate string `json:"coordinate"`
	// Outcome sums the values up: differs where one does, else declined where
	// one was, else equal where any was compared, else noisy or unpaired.
	Outcome Outcome `json:"outcome"`
	// Reason says why the probe was declined or is unpaired.
	Reason string `json:"reason,omitempty"`
	// Asked is how often the probe was sent, each time for another object or
	// list; Objects how many objects of both sides were joined.
	Asked   int    `json:"asked"`
	Objects int    `json:"objects"`
	Counts  Counts `json:"counts"`
	// Declines are the answers that were none, by side and reason.
	Declines []Decline `json:"declines"`
	// Deprecated says that the REST answer has a Deprecation or Sunset header.
	Deprecated bool `json:"deprecated"`
	// Before is the matcher's confidence in the pair, Confidence what it is
	// with the values known.
	Before     float64 `json:"confidence_before"`
	Confidence float64 `json:"confidence"`

	Probe *Probe `json:"-"`
}

// Decline is an answer that was none.
type Decline struct {
	Side Side `json:"side"`
	// Status is the HTTP status; 0 where there was no answer, 200 where the
	// answer itself declines.
	Status int    `json:"status"`
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// PairResult is what the values of a property and a field say.
type PairResult struct {
	// REST is SCHEMA.property, GraphQL is Type.field.
	REST    string `json:"rest"`
	GraphQL string `json:"graphql"`
	Counts  Counts `json:"counts"`
	// Objects is on how many objects the two agree, Values in how many
	// values: absent ones are not counted.
	Objects int `json:"objects"`
	Values  int `json:"values"`
	// Proven says that they agree on enough objects to mean the same: on
	// MinObjects and more, in MinValues and more, and never differ.
	Proven bool `json:"proven"`
	// Before is the confidence of the field map, Confidence what it is with
	// the values known.
	Before     float64 `json:"confidence_before"`
	Confidence float64 `json:"confidence"`

	Field *parity.Field `json:"-"`
}

// DifferenceKind says in what two answers differ.
type DifferenceKind string

// The kinds of differences.
const (
	ValueDiffers  DifferenceKind = "value"    // other values
	NullDiffers   DifferenceKind = "null"     // one side has a value, the other none
	CountDiffers  DifferenceKind = "count"    // other numbers of objects
	SetDiffers    DifferenceKind = "objects"  // one side has an object that the other lacks
	OrderDiffers  DifferenceKind = "order"    // other orders, where one was asked for
	EmptyDiffers  DifferenceKind = "empty"    // one side has nothing at all
	ObjectDiffers DifferenceKind = "identity" // another object than was asked for
)

// Difference is one thing in which the answers differ.
type Difference struct {
	Operation string         `json:"operation"`
	Kind      DifferenceKind `json:"kind"`
	// REST and GraphQL are SCHEMA.property and Type.field; for lists and
	// objects as a whole the operation and the coordinate.
	REST    string `json:"rest"`
	GraphQL string `json:"graphql"`
	// Object names the object by what identifies it, masked like a value; ""
	// for a list.
	Object string `json:"object,omitempty"`
	// RESTValue and GraphQLValue are what each side says, masked unless
	// Options.ShowValues is set.
	RESTValue    string `json:"rest_value"`
	GraphQLValue string `json:"graphql_value"`

	// Field is the pair, nil for lists and objects as a whole.
	Field *parity.Field `json:"-"`
}

// Suggestion is a pair that the field map does not have: the values of a
// property and of a field agree on many objects and differ on none.
type Suggestion struct {
	REST       string  `json:"rest"`    // SCHEMA.property
	GraphQL    string  `json:"graphql"` // Type.field
	Objects    int     `json:"objects"`
	Values     int     `json:"values"`
	Confidence float64 `json:"confidence"`
}

// The least that proves a pair.
const (
	MinObjects = 5
	MinValues  = 2
)

// Raised returns the pairs in which the values raise the confidence.
func (r *Result) Raised() []*PairResult {
	var out []*PairResult
	for _, p := range r.Pairs {
		if p.Confidence > p.Before {
			out = append(out, p)
		}
	}
	return out
}

// UnreachableError says that a server gave no answer at all.
type UnreachableError struct {
	Side Side
	// URL is the endpoint, without user, password and query.
	URL string
	Err error
}

// Error says which server cannot be reached and why.
func (e *UnreachableError) Error() string {
	return fmt.Sprintf("the %s server at %s cannot be reached: %v", e.Side, e.URL, e.Err)
}

// Unwrap returns the cause.
func (e *UnreachableError) Unwrap() error { return e.Err }
