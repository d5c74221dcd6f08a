package live

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var parityLiveDifference = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "parity-live-difference",
		Summary: "Running servers answer alike over REST and GraphQL.",
		Rationale: "A caller who moves from one API to the other expects the same values. Two descriptions that agree do not " +
			"promise that: a resolver may read another column, a cache, or a counter that is never updated. " +
			"The servers were asked for the same object (REST, GraphQL, REST again, and GraphQL again), so noise is not the cause. " +
			"Mend the side that is wrong. Where both are right, the two do not mean the same: take the pair out of the map in `parity.yaml`.",
		Severity: check.Error,
		Tags:     []string{"parity", "live"},
		Since:    "0.1.0",
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
	first := fmt.Sprintf("REST has %s, GraphQL %s", s.RESTValue, s.GraphQLValue)
	object := ""
	if s.Object != "" {
		object = " of " + s.Object
	}
	switch s.Kind {
	case OrderDiffers:
		return fmt.Sprintf("%q and %q show objects in different orders, asked to sort by %s", s.REST, s.GraphQL, s.RESTValue)
	case ObjectDiffers:
		return fmt.Sprintf("%q and %q answer with different objects for one question%s: %s", s.REST, s.GraphQL, object, first)
	case SetDiffers:
		return fmt.Sprintf("%q and %q do not show the same objects, in %s: first%s, %s", s.REST, s.GraphQL, times(s.count, "object"), object, first)
	case CountDiffers:
		return fmt.Sprintf("%q and %q count differently, %s: first%s, %s", s.REST, s.GraphQL, times(s.count, "time"), object, first)
	}
	return fmt.Sprintf("%q and %q differ in %s of %q: first%s, %s", s.REST, s.GraphQL, times(s.count, "object"), s.Operation, object, first)
}

func times(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
