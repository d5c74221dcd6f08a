package parity

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// Result is what a REST API and a GraphQL API each offer, matched and
// compared: the facts, complete and in an order that depends neither on the
// order of the descriptions nor on time. It is immutable.
type Result struct {
	REST    *openapi.Document `json:"-"`
	GraphQL *graphql.Schema   `json:"-"`

	Score Score `json:"score"`
	// Skew says whether the descriptions look as if they were of different
	// times.
	Skew Skew `json:"skew"`
	// Operations are those of REST, by path and method.
	Operations []*Operation `json:"operations"`
	// Roots are the queries and mutations of GraphQL, by coordinate: the
	// other direction.
	Roots []*Root `json:"roots"`
	// Types are the named schemas of REST, by name, each with its GraphQL
	// type where it has one.
	Types []*Type `json:"types"`
	// Fields are the properties of matched schemas and the fields of their
	// types: by REST name, then by coordinate for those that only GraphQL has.
	Fields []*Field `json:"fields"`
	// Inputs are what matched operations take: parameters and body
	// properties against arguments and input fields.
	Inputs []*Input `json:"inputs"`
	// Traits compare matched operations as a whole: paging, sorting, errors,
	// permissions.
	Traits []*Trait `json:"traits"`
	// Gaps are the most important of what has no counterpart, the largest
	// first, at most MaxGaps.
	Gaps []Gap `json:"gaps"`
	// Decisions are what parity.yaml and parity.lock did to the result.
	Decisions []Decision `json:"decisions"`

	// Direction is the one in which parity is asked for, unless a group says
	// otherwise; "" is both.
	Direction Direction `json:"direction"`
	// Min is the least Score.Operations that is asked for; 0 where none is.
	Min float64 `json:"min"`
	// Baseline compares the gaps of each group with those that parity.lock
	// has, by name; empty where there is no lock.
	Baseline []GroupCount `json:"baseline"`
	// Lock is that of the options, nil where there is none.
	Lock *Lock `json:"-"`

	options Options
}

// Direction says which of the APIs is to offer what the other does.
type Direction string

// The directions.
const (
	BothWays      Direction = "both"
	RESTToGraphQL Direction = "rest-to-graphql" // GraphQL is to offer what REST does
	GraphQLToREST Direction = "graphql-to-rest" // REST is to offer what GraphQL does
)

// Need says how much a counterpart is asked for.
type Need string

// The needs. The zero Need is Required.
const (
	Required   Need = "required"    // a gap that is new is an error
	BestEffort Need = "best-effort" // a gap is listed
	Unneeded   Need = "exempt"      // by a reason, or by the direction; a gap is none
)

// Status says how much of a counterpart there is.
type Status string

// The statuses.
const (
	// StatusMatch: the same operation on the same resource through one field or
	// mutation. Arguments and fields may differ.
	StatusMatch Status = "match"
	// StatusPartial: reachable, but not one for one; see Reason.
	StatusPartial Status = "partial"
	// StatusNone: not reachable.
	StatusNone Status = "none"
)

// Reason says why a counterpart is only partial.
type Reason string

// The reasons.
const (
	// Folded: a sub-resource is a field or an argument of another operation.
	Folded Reason = "folded"
	// NodeID: REST addresses by an ID that GraphQL has only as a global ID.
	NodeID Reason = "node-id"
	// ViaFilter: exact, through a filter argument of a list.
	ViaFilter Reason = "via-filter"
	// ViaScan: only by looking through a list.
	ViaScan Reason = "via-scan"
	// FanOut: a collection of collections.
	FanOut Reason = "fan-out"
	// Subset: part of the data or of the effect.
	Subset Reason = "subset"
	// Variant: the same effect, other semantics.
	Variant Reason = "variant"
	// ViaGeneric: through a general field such as a search.
	ViaGeneric Reason = "via-generic"
	// Narrower: for some of the scopes only.
	Narrower Reason = "narrower-scope"
)

// Source says who decided.
type Source string

// The sources of a decision, the strongest last.
const (
	Matched  Source = "matched"  // by the matcher
	Locked   Source = "lock"     // by parity.lock, an earlier decision
	Declared Source = "declared" // by a directive or a description
	Override Source = "override" // by parity.yaml
)

// Band says what to do with a decision of the matcher.
type Band string

// The bands, by confidence.
const (
	Auto   Band = "auto"   // to be relied on: 0.90 and more
	Review Band = "review" // to be looked at: below that
)

// Operation is an operation of REST and what corresponds to it.
type Operation struct {
	// Operation is the method and the path, "GET /pets/{id}".
	Operation string `json:"operation"`
	Status    Status `json:"status"`
	Reason    Reason `json:"reason,omitempty"`
	// Confidence is the probability that the decision is right, 0 to 1, as
	// calibrated on labelled products; 1 for what was declared.
	Confidence float64 `json:"confidence"`
	// GraphQL are the coordinates, the best first; a query is Query.x or
	// Type.field, a write Mutation.x. Empty where Status is StatusNone.
	GraphQL []string `json:"graphql"`
	// Path leads from a root field to the first coordinate, dotted:
	// "repository.issues"; "" where no path was found.
	Path string `json:"path"`
	// Why lists the evidence, the strongest first, in words.
	Why    []string `json:"why"`
	Band   Band     `json:"band"`
	Source Source   `json:"source"`

	// Tags are those of the operation; one without is in the group of its
	// first path segment.
	Tags       []string `json:"tags"`
	Write      bool     `json:"write"`
	Deprecated bool     `json:"deprecated"`
	// Weight is the importance: usage where given, else 1, half of it for
	// what is deprecated.
	Weight float64 `json:"weight"`
	// Exempt is the reason for which the operation need not have a
	// counterpart; "" where there is none.
	Exempt string `json:"exempt,omitempty"`
	// Need says how much a counterpart in GraphQL is asked for, by the policy
	// of the group, its direction and Exempt.
	Need Need `json:"need"`
	// New says that parity.lock knows nothing of an operation that has no
	// counterpart: a gap that was opened since. It is false where there is no
	// lock.
	New bool `json:"new,omitempty"`

	// Schema names the schema that the operation is about: what it answers,
	// else what it takes; "" where that has no name.
	Schema string `json:"-"`
	// Candidates are what was considered, the best first, at most three.
	Candidates []Candidate `json:"-"`
	// Matcher is what the matcher decided where somebody else decides; nil
	// where it stands.
	Matcher *Verdict `json:"-"`

	Node     *openapi.Operation `json:"-"`
	Location check.Location     `json:"-"`
}

// Candidate is a field or mutation that was considered for an operation.
type Candidate struct {
	Coordinate string     `json:"coordinate"`
	Path       string     `json:"path"`
	Status     Status     `json:"status"`
	Reason     Reason     `json:"reason,omitempty"`
	Confidence float64    `json:"confidence"`
	Evidence   []Evidence `json:"evidence"`
}

// Evidence is one reason for or, where Weight is negative, against a
// candidate.
type Evidence struct {
	Weight float64 `json:"weight"` // in log-odds
	Text   string  `json:"text"`
}

// Root is a root field of GraphQL and the REST operations that correspond.
type Root struct {
	// Coordinate is Query.x or Mutation.x.
	Coordinate string   `json:"coordinate"`
	Status     Status   `json:"status"`
	Operations []string `json:"operations"`
	Confidence float64  `json:"confidence"`
	// Group is the tag that most of the corresponding operations, or of the
	// operations about the same things, have.
	Group        string `json:"group"`
	Deprecated   bool   `json:"deprecated"`
	Experimental bool   `json:"experimental"`
	Exempt       string `json:"exempt,omitempty"`
	// Need and New are as those of an operation, towards REST.
	Need     Need           `json:"need"`
	New      bool           `json:"new,omitempty"`
	Location check.Location `json:"-"`
}

// Type is a named schema of REST and the GraphQL type that corresponds.
type Type struct {
	// REST is "#" and the JSON Pointer of the schema.
	REST string `json:"rest"`
	// Name is the schema's name.
	Name string `json:"name"`
	// GraphQL is the type's name, "" where there is none.
	GraphQL string `json:"graphql"`
	Status  Status `json:"status"`
	// Confidence is the probability that the decision is right, 0 to 1.
	Confidence   float64  `json:"confidence"`
	Why          []string `json:"why"`
	Alternatives []string `json:"alternatives"`
	Source       Source   `json:"source"`
	// Group is the tag that most of the operations about the schema have.
	Group string `json:"group"`
	// Exempt is the reason for which the schema need not have a type.
	Exempt string `json:"exempt,omitempty"`
	// Need says how much a type, and the fields of the schema in it, are
	// asked for.
	Need Need `json:"need"`
	// Matcher is what the matcher decided where somebody else decides; nil
	// where it stands.
	Matcher  *Verdict       `json:"-"`
	Location check.Location `json:"-"`
}

// FieldKind says how a property and a field relate.
type FieldKind string

// The kinds.
const (
	Same        FieldKind = "same"    // equal but for casing
	Renamed     FieldKind = "renamed" // equal but for the name
	TypeDiffers FieldKind = "type-differs"
	RESTOnly    FieldKind = "rest-only"
	GraphQLOnly FieldKind = "graphql-only"
)

// Class sets apart what one side has by its nature.
type Class string

// The classes. What has none counts.
const (
	Hypermedia   Class = "hypermedia"      // URLs of the API itself
	ViewerOnly   Class = "viewer-relative" // depends on who asks
	ResourcePath Class = "resource-path"   // a path on the web site
	SubResource  Class = "sub-resource"    // REST has it as an operation
	Identity     Class = "identity"        // a global or internal ID
)

// Field is a property of a schema, a field of its type, or both.
type Field struct {
	// REST is SCHEMA.property, "" where only GraphQL has it.
	REST string `json:"rest"`
	// GraphQL is Type.field, "" where only REST has it.
	GraphQL     string       `json:"graphql"`
	Kind        FieldKind    `json:"kind"`
	Class       Class        `json:"class,omitempty"`
	Confidence  float64      `json:"confidence"`
	RESTType    string       `json:"rest_type,omitempty"`
	GraphQLType string       `json:"graphql_type,omitempty"`
	Differences []Difference `json:"differences"`
	// New says that parity.lock has the pair that the field belongs to, but
	// knows nothing of a field that one side lacks: a gap that was opened
	// since. It is false where there is no lock.
	New bool `json:"new,omitempty"`
	// Exempt is the reason for which the other side need not have the field.
	Exempt string `json:"exempt,omitempty"`

	// Schema and Type name the pair that the field belongs to.
	Schema          string         `json:"-"`
	Type            string         `json:"-"`
	RESTLocation    check.Location `json:"-"`
	GraphQLLocation check.Location `json:"-"`
}

// Aspect is what a difference is about.
type Aspect string

// The aspects.
const (
	ScalarAspect      Aspect = "scalar"      // another scalar type
	RangeAspect       Aspect = "range"       // int64 or epoch milliseconds against Int
	NullabilityAspect Aspect = "nullability" // Effect says which side is stricter
	EnumAspect        Aspect = "enum"        // sets of values differ
	StringEnumAspect  Aspect = "string-enum" // a string against an enum
	ShapeAspect       Aspect = "shape"       // scalar against object, one against many, count against list
	OpaqueAspect      Aspect = "opaque"      // a JSON scalar hides a typed schema
	DateAspect        Aspect = "date"        // other forms of dates
	NameAspect        Aspect = "name"        // equal names, other meaning
	RequiredAspect    Aspect = "required"    // required on one side only
	DefaultAspect     Aspect = "default"     // default values
	LimitAspect       Aspect = "limit"       // largest or smallest values
	DeprecatedAspect  Aspect = "deprecated"  // deprecated on one side only
	StabilityAspect   Aspect = "stability"   // experimental on one side only
	SunsetAspect      Aspect = "sunset"      // other dates of removal
)

// Difference is one thing in which two counterparts differ.
type Difference struct {
	Aspect Aspect `json:"aspect"`
	// REST and GraphQL are what each side says.
	REST    string `json:"rest"`
	GraphQL string `json:"graphql"`
	// Effect tells differences of one aspect apart: "graphql-stricter",
	// "rest-stricter", "missing-in-graphql", "missing-in-rest", "int64",
	// "single-vs-list", "count-vs-list", "url-vs-object" and other shapes,
	// "other-meaning", "deprecated-in-rest", "experimental-in-graphql" and so
	// on.
	Effect string `json:"effect,omitempty"`
	// Values are the values of an enum that one side lacks.
	Values []string `json:"values,omitempty"`
}

// InputRole is what an input is for.
type InputRole string

// The roles of inputs.
const (
	KeyInput    InputRole = "key"    // says which object
	FilterInput InputRole = "filter" // narrows a list
	SortInput   InputRole = "sort"   // orders a list
	PagingInput InputRole = "paging" // cuts a list
	DataInput   InputRole = "data"   // is written
)

// Input is what a matched operation takes, on one side or both.
type Input struct {
	Operation  string `json:"operation"`
	Coordinate string `json:"coordinate"`
	// REST is "path.NAME", "query.NAME" or "body.NAME", "" where only GraphQL
	// takes it.
	REST string `json:"rest"`
	// GraphQL is the coordinate of the argument or the input field, "" where
	// only REST takes it.
	GraphQL         string         `json:"graphql"`
	Role            InputRole      `json:"role"`
	Kind            FieldKind      `json:"kind"`
	Confidence      float64        `json:"confidence"`
	RESTType        string         `json:"rest_type,omitempty"`
	GraphQLType     string         `json:"graphql_type,omitempty"`
	Differences     []Difference   `json:"differences"`
	RESTLocation    check.Location `json:"-"`
	GraphQLLocation check.Location `json:"-"`
}

// Topic is what a trait is about.
type Topic string

// The topics.
const (
	PagingTopic     Topic = "paging"     // Effect: "missing-in-graphql", "missing-in-rest", "limit"
	SortingTopic    Topic = "sorting"    // as paging
	ErrorTopic      Topic = "error"      // an error class that one side cannot express
	PermissionTopic Topic = "permission" // scopes or roles
	LifecycleTopic  Topic = "lifecycle"  // Effect: "deprecated-in-rest", "deprecated-in-graphql", "experimental-in-graphql", "sunset"
)

// Trait is how a matched operation as a whole differs from its counterpart.
type Trait struct {
	Operation       string         `json:"operation"`
	Coordinate      string         `json:"coordinate"`
	Topic           Topic          `json:"topic"`
	Effect          string         `json:"effect"`
	REST            string         `json:"rest"`
	GraphQL         string         `json:"graphql"`
	RESTLocation    check.Location `json:"-"`
	GraphQLLocation check.Location `json:"-"`
}

// Gap is something without a counterpart.
type Gap struct {
	// Element is a REST operation, or a coordinate of GraphQL.
	Element string  `json:"element"`
	Group   string  `json:"group"`
	Weight  float64 `json:"weight"`
	// Reason says what is missing: "no mutation creates a team".
	Reason string `json:"reason"`
}

// Skew is how the descriptions differ in time.
type Skew struct {
	// Found says that they do.
	Found bool `json:"found"`
	// Text says it in a sentence: which side looks older, by what.
	Text string `json:"text"`
	// Newest are the latest dates and versions that each side speaks of.
	REST    string `json:"rest"`
	GraphQL string `json:"graphql"`
	// Evidence lists what points to it.
	Evidence []string `json:"evidence"`
}

// Decision is what an entry of parity.yaml or parity.lock did.
type Decision struct {
	// Kind is "match", "none", "type", "field", "exempt", "group", "lock" or
	// "usage".
	Kind string `json:"kind"`
	// Element is what the entry is about: an operation, a coordinate, a field.
	Element string `json:"element"`
	// State is "applied", "stale" (agrees with the matcher, or the difference
	// is gone), "expired", "unknown" (names what does not exist), "changed"
	// (the matcher decides otherwise now), "removed" (the counterpart that the
	// lock has is gone), "gone" (the operation that the lock has is), "lost" (of
	// a property and a field that the lock has, Element is there and Value is
	// gone) or "grown" (a group has more gaps than the lock has: Element is the
	// tag, Value and Now are the numbers).
	State string `json:"state"`
	// Value is what the entry says, the name that is unknown where one is; Now
	// is what would hold without it.
	Value string `json:"value"`
	Now   string `json:"now,omitempty"`
	// Closest is the name most like an unknown one.
	Closest string `json:"closest,omitempty"`
	Reason  string `json:"reason,omitempty"`
	Owner   string `json:"owner,omitempty"`
	// Until is the last day on which the entry holds, as 2026-12-31.
	Until string         `json:"until,omitempty"`
	At    check.Location `json:"-"`
}
