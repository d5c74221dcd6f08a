package parity

import (
	"time"

	"github.com/plumbapi/plumb/check"
)

// MaxOverrides is the largest parity.yaml that is read: 4 MiB.
const MaxOverrides = 4 << 20

// Overrides are the decisions of people, as parity.yaml has them. The zero
// Overrides decides nothing. [ReadOverrides] reads them, [AppendDecision] adds
// one to the text of a file.
type Overrides struct {
	// Name is the file, for messages.
	Name string
	// Direction is the one in which parity is asked for; "" leaves it to
	// [Options].
	Direction Direction
	// Min is the least Score.Operations; 0 leaves it to [Options].
	Min float64
	// Usage is the path of a CSV file with calls, as the file has it.
	Usage string
	// Packs are vocabularies; nil leaves them to [Options].
	Packs []string
	// Words are groups of synonyms of the project, beside those of [Options].
	Words [][]string

	Groups     []GroupPolicy
	Operations []OperationOverride
	Types      []TypeOverride
	Fields     []FieldOverride
	Exempt     []Exemption
}

// Note is why a decision was made, who answers for it and until when.
type Note struct {
	Reason string
	Owner  string
	// Until is the last day on which the decision holds; the zero time is
	// for good.
	Until time.Time
	// At is where the decision is written.
	At check.Location
}

// GroupPolicy says how much parity a tag of the REST description needs.
type GroupPolicy struct {
	Tag string
	// Need is "" where the policy only sets the direction.
	Need Need
	// Direction is "" where that of the whole holds.
	Direction Direction
	Note
}

// OperationOverride says what corresponds to an operation.
type OperationOverride struct {
	// Operation is the method and the path, "GET /pets/{id}". The names of
	// path variables do not matter.
	Operation string
	// GraphQL are coordinates, the best first; none means that nothing
	// corresponds.
	GraphQL []string
	// Partial is why the counterpart is only partial; "" for a match.
	Partial Reason
	Note
}

// TypeOverride says what corresponds to a named schema.
type TypeOverride struct {
	// REST is the schema's name, or "#" and its JSON Pointer.
	REST string
	// GraphQL is the type, "" where nothing corresponds.
	GraphQL string
	Note
}

// FieldOverride says what corresponds to a property.
type FieldOverride struct {
	// REST is SCHEMA.property.
	REST string
	// GraphQL is Type.field, "" where nothing corresponds.
	GraphQL string
	Note
}

// Exemption says that something need not have a counterpart. One of the
// patterns (see [check.MatchGlob]) is set.
type Exemption struct {
	Operation string // over "GET /pets/{id}"
	GraphQL   string // over Query.x and Mutation.x
	Type      string // over names of schemas
	Field     string // over SCHEMA.property and Type.field
	Note
}

// Pattern returns the pattern that is set.
func (e *Exemption) Pattern() string {
	for _, p := range [...]string{e.Operation, e.GraphQL, e.Type} {
		if p != "" {
			return p
		}
	}
	return e.Field
}

// past reports whether the last day of a decision is over.
func (n *Note) past(now time.Time) bool {
	return !n.Until.IsZero() && !now.IsZero() && !now.Before(n.Until.AddDate(0, 0, 1))
}
