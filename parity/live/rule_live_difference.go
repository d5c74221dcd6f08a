package live

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var liveDifference = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "parity-live-difference",
		Summary: "Running servers answer alike over REST and GraphQL.",
		Rationale: "A caller who moves from one API to the other expects the same values. Two descriptions that agree do not " +
			"promise that: a resolver may read another column, a cache, or a counter that is never updated. " +
			"The servers were asked for the same object (REST, GraphQL, REST again, and GraphQL again), so noise is not the cause. " +
			"Mend the side that is wrong. Where both are right, the two do not mean the same: take the pair out of the map in `parity.yaml`.",
		Severity: check.Error, Tags: []string{"parity", "live"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error {
		for _, d := range p.Subject.sums() {
			if d.Kind != EmptyDiffers {
				p.Report(p.Subject.finding(d))
			}
		}
		return nil
	},
}

// sum is one pair or list, with all that differs there in one way.
type sum struct {
	Difference
	count int
}

// sums puts the differences of one pair or list, one operation and one kind
// together, in the order of the first.
func (r *Result) sums() []*sum {
	byKey := map[differenceKey]*sum{}
	var out []*sum
	for _, d := range r.Differences {
		key := differenceKey{d.Operation, d.REST, d.GraphQL, d.Kind}
		if byKey[key] == nil {
			byKey[key] = &sum{Difference: d}
			out = append(out, byKey[key])
		}
		byKey[key].count++
	}
	for _, s := range out {
		if n := r.counted[differenceKey{s.Operation, s.REST, s.GraphQL, s.Kind}]; n > s.count {
			s.count = n
		}
	}
	return out
}

// finding says what differs. It is at the property where there is one, else
// at the operation.
func (r *Result) finding(s *sum) check.Finding {
	f := check.Finding{Key: string(s.Kind), Properties: map[string]any{"operation": s.Operation, "differences": s.count}}
	if s.Field != nil {
		f.Location, f.Key = s.Field.RESTLocation, f.Key+" "+s.Operation
	} else if p := r.probeOf(s.Operation); p != nil {
		f.Location = p.place()
	}
	f.Related = r.counterpart(s.GraphQL)
	f.Message = s.message()
	return f
}

func (s *sum) message() string {
	field := fmt.Sprintf("field %q", s.GraphQL)
	if s.Field == nil {
		return s.listMessage(fmt.Sprintf("operation %q", s.REST), field)
	}
	how := "differ"
	switch s.Kind {
	case SetDiffers:
		how = "do not list the same"
	case CountDiffers:
		how = "count differently"
	}
	return fmt.Sprintf("property %q and %s %s on %s of %s: of %s REST has %s, GraphQL %s",
		s.REST, field, how, times(s.count, "object"), s.Operation, s.object(), s.RESTValue, s.GraphQLValue)
}

// listMessage is about a list or an object as a whole.
func (s *sum) listMessage(operation, field string) string {
	switch s.Kind {
	case OrderDiffers:
		return fmt.Sprintf("%s and %s show objects in different orders, both sorted by %s", operation, field, s.RESTValue)
	case ObjectDiffers:
		return fmt.Sprintf("%s and %s answer %s with different objects: asked for the same, REST has %s, GraphQL %s",
			operation, field, times(s.count, "time"), s.RESTValue, s.GraphQLValue)
	case CountDiffers:
		return fmt.Sprintf("%s counts %s objects, %s %s", operation, s.RESTValue, field, s.GraphQLValue)
	}
	side := RESTSide
	if s.RESTValue == "null" {
		side = GraphQLSide
	}
	return fmt.Sprintf("%s and %s do not show the same objects: %s on one side only, the first is %s, which only %s shows",
		operation, field, countOf(s.count, "is", "are"), s.object(), side)
}

func (s *sum) object() string {
	if s.Object == "" {
		return "one object"
	}
	return "object " + s.Object
}

func times(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
