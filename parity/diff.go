package parity

import (
	"cmp"
	"slices"
	"strings"
)

// Change is how the parity of one pair of descriptions differs from that of
// another, usually of an earlier revision. Its lists are never nil.
type Change struct {
	// Opened are gaps that were none before, Closed those that are none now.
	Opened []GapChange `json:"opened"`
	Closed []GapChange `json:"closed"`
	// Counterparts are elements that correspond to something else now.
	Counterparts []CounterpartChange `json:"counterparts"`
	// Widened is where what corresponds still does, but differs more: one
	// entry for each cause, with the operations that it touches.
	Widened []Widening `json:"widened"`
	// Scores are those of the whole, Groups the gaps of the tags in which
	// they differ.
	Scores []ScoreDelta `json:"scores"`
	Groups []GroupDelta `json:"groups"`
}

// Side is the side on which a change was made.
type Side string

// The sides. Neither means that the descriptions say the same and a decision
// or the matcher changed.
const (
	RESTSide    Side = "rest"
	GraphQLSide Side = "graphql"
	Neither     Side = "neither"
)

// GapChange is a gap that was opened or closed.
type GapChange struct {
	// Kind is "operation", "root", "type" or "field".
	Kind    string `json:"kind"`
	Element string `json:"element"`
	Group   string `json:"group"`
	// Was and Now are what corresponded and corresponds: "match Query.pets",
	// "none", "" where the element does not exist.
	Was string `json:"was"`
	Now string `json:"now"`
	// Side says where the change was made.
	Side Side `json:"side"`
}

// CounterpartChange is an element whose counterpart is another now.
type CounterpartChange struct {
	// Kind is "operation" or "type".
	Kind    string `json:"kind"`
	Element string `json:"element"`
	Was     string `json:"was"`
	Now     string `json:"now"`
}

// Widening is a way in which counterparts differ more than before.
type Widening struct {
	// Element is what differs: an operation, a property, an input.
	Element string `json:"element"`
	// What says how, in words.
	What string `json:"what"`
	Side Side   `json:"side"`
	// Operations are those that it touches.
	Operations []string `json:"operations"`
}

// ScoreDelta is one part of the score before and after.
type ScoreDelta struct {
	Name string  `json:"name"`
	Was  float64 `json:"was"`
	Now  float64 `json:"now"`
}

// GroupDelta are the gaps of a tag before and after.
type GroupDelta struct {
	Group string `json:"group"`
	Was   Counts `json:"was"`
	Now   Counts `json:"now"`
}

// Worse reports whether a gap was opened or widened.
func (c *Change) Worse() bool { return len(c.Opened)+len(c.Widened) > 0 }

// Diff compares the parity of a revision with that of its base. What is
// exempt, and what is not asked for by the direction, is no gap.
func Diff(base, revision *Result) *Change {
	c := &Change{
		Opened: []GapChange{}, Closed: []GapChange{}, Counterparts: []CounterpartChange{}, Widened: []Widening{},
		Scores: scoreDeltas(&base.Score, &revision.Score), Groups: groupDeltas(base, revision),
	}
	d := &differ{base: newSnapshot(base), now: newSnapshot(revision), change: c}
	d.operations()
	d.roots()
	d.types()
	d.fields()
	d.inputs()
	byGap := func(a, b GapChange) int {
		return cmp.Or(slices.Index(gapKinds, a.Kind)-slices.Index(gapKinds, b.Kind), strings.Compare(a.Element, b.Element))
	}
	slices.SortStableFunc(c.Opened, byGap)
	slices.SortStableFunc(c.Closed, byGap)
	slices.SortStableFunc(c.Counterparts, func(a, b CounterpartChange) int {
		return cmp.Or(strings.Compare(a.Kind, b.Kind), strings.Compare(a.Element, b.Element))
	})
	slices.SortStableFunc(c.Widened, func(a, b Widening) int {
		return cmp.Or(strings.Compare(a.Element, b.Element), strings.Compare(a.What, b.What))
	})
	return c
}

var gapKinds = []string{"operation", "root", "type", "field"}

func scoreDeltas(was, now *Score) []ScoreDelta {
	parts := []ScoreDelta{
		{"rest_to_graphql", was.RESTToGraphQL.Share, now.RESTToGraphQL.Share},
		{"rest_to_graphql_weighted", was.RESTToGraphQL.Weighted, now.RESTToGraphQL.Weighted},
		{"graphql_to_rest", was.GraphQLToREST.Share, now.GraphQLToREST.Share},
		{"graphql_to_rest_weighted", was.GraphQLToREST.Weighted, now.GraphQLToREST.Weighted},
		{"types", was.Types, now.Types},
		{"depth", was.Depth.Value, now.Depth.Value},
		{"fidelity", was.Fidelity.Value, now.Fidelity.Value},
		{"lifecycle", was.Lifecycle.Value, now.Lifecycle.Value},
	}
	return parts
}

func groupDeltas(base, revision *Result) []GroupDelta {
	deltas := map[string]*GroupDelta{}
	of := func(group string) *GroupDelta {
		if deltas[group] == nil {
			deltas[group] = &GroupDelta{Group: group}
		}
		return deltas[group]
	}
	for _, g := range counts(base) {
		of(g.Group).Was = g.Counts
	}
	for _, g := range counts(revision) {
		of(g.Group).Now = g.Counts
	}
	list := []GroupDelta{}
	for _, name := range sortedKeys(deltas) {
		if d := deltas[name]; d.Was != d.Now {
			list = append(list, *d)
		}
	}
	return list
}

// snapshot is a result by names.
type snapshot struct {
	res        *Result
	operations map[string]*Operation // by template
	roots      map[string]*Root
	types      map[string]*Type  // by name
	fields     map[string]*Field // by REST and by GraphQL name, pairs by both
	inputs     map[string]*Input // by operation and name
	of         map[string][]string
}

func newSnapshot(res *Result) *snapshot {
	s := &snapshot{
		res: res, operations: map[string]*Operation{}, roots: map[string]*Root{}, types: map[string]*Type{},
		fields: map[string]*Field{}, inputs: map[string]*Input{}, of: map[string][]string{},
	}
	for _, op := range res.Operations {
		s.operations[template(op.Operation)] = op
		if op.Status != StatusNone && op.Schema != "" {
			s.of[op.Schema] = append(s.of[op.Schema], op.Operation)
		}
	}
	for _, r := range res.Roots {
		s.roots[r.Coordinate] = r
	}
	for _, t := range res.Types {
		s.types[t.Name] = t
	}
	for _, f := range res.Fields {
		s.fields[fieldKey(f)] = f
	}
	for _, in := range res.Inputs {
		s.inputs[inputKey(in)] = in
	}
	return s
}

// fieldKey tells fields of a result apart: the property, or the field that
// only GraphQL has.
func fieldKey(f *Field) string {
	if f.REST != "" {
		return f.REST
	}
	return "graphql " + f.Schema + " " + f.GraphQL
}

func inputKey(in *Input) string {
	if in.REST != "" {
		return template(in.Operation) + " " + in.REST
	}
	return template(in.Operation) + " graphql " + in.GraphQL
}
