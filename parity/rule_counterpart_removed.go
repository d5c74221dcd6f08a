package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var counterpartRemoved = &rule{
	Meta: check.Meta{
		ID:      "parity-counterpart-removed",
		Summary: "What has a counterpart must not lose it.",
		Rationale: "According to parity.lock there was a counterpart, which the other description has no more: clients of one API " +
			"lost something that those of the other still have. Bring it back, or name what took its place in parity.yaml, or " +
			"accept the loss by writing parity.lock anew.\n\nA counterpart of which the matcher was not sure, and one that has " +
			"surely been replaced, are no loss.",
		Severity: check.Error, Tags: []string{"parity", "openapi", "graphql", "coverage"}, Since: since,
	},
	Check: checkCounterpartRemoved,
}

func checkCounterpartRemoved(_ context.Context, p *pass) error {
	for _, l := range losses(p.Subject) {
		f := check.Finding{
			Location: l.at, Key: l.lost, Message: fmt.Sprintf("%s %q has lost its counterpart %q", l.what, l.element, l.lost),
			Properties: map[string]any{"element": l.element, "counterpart": l.lost},
		}
		if l.decision.File != "" {
			f.Related = append(f.Related, check.Related{Message: "the earlier decision", Location: l.decision})
		}
		p.Report(f)
	}
	return nil
}

// loss is something that had a counterpart, by the lock, and has none.
type loss struct {
	what, element, lost string
	at, decision        check.Location
}

// losses lists what lost a counterpart that it surely had and should have.
func losses(res *Result) []loss {
	locked := map[string]*LockedOperation{}
	if res.Lock != nil {
		for i := range res.Lock.Operations {
			locked[res.Lock.Operations[i].Operation] = &res.Lock.Operations[i]
			locked[template(res.Lock.Operations[i].Operation)] = &res.Lock.Operations[i]
		}
	}
	lockedTypes := map[string]*LockedType{}
	if res.Lock != nil {
		for i := range res.Lock.Types {
			lockedTypes[res.Lock.Types[i].REST] = &res.Lock.Types[i]
		}
	}
	types, roots := map[string]*Type{}, map[string]*Root{}
	for _, t := range res.Types {
		types[t.REST] = t
	}
	for _, r := range res.Roots {
		roots[r.Coordinate] = r
	}
	var list []loss
	for _, d := range res.Decisions {
		if d.Kind != "lock" || d.State != "removed" && d.State != "gone" {
			continue
		}
		if t := types[d.Element]; t != nil {
			if e := lockedTypes[t.REST]; e != nil && e.Band == Auto && t.Status == StatusNone && t.Need != Unneeded {
				list = append(list, loss{"schema", t.Name, e.GraphQL, t.Location, d.At})
			}
			continue
		}
		e := locked[d.Element]
		if e == nil {
			e = locked[template(d.Element)]
		}
		if e == nil || e.Band != Auto || len(e.GraphQL) == 0 {
			continue
		}
		if d.State == "gone" {
			if r := roots[e.GraphQL[0]]; r != nil && r.Status == StatusNone && r.Need != Unneeded {
				list = append(list, loss{"field", r.Coordinate, e.Operation, r.Location, d.At})
			}
			continue
		}
		if o := res.operation(d.Element); o != nil && !o.replaced() && o.Need != Unneeded {
			list = append(list, loss{"operation", o.Operation, e.GraphQL[0], o.Location, d.At})
		}
	}
	return list
}

// replaced reports whether an operation surely has another counterpart.
func (o *Operation) replaced() bool { return o.Status != StatusNone && o.Confidence >= autoFrom }

// lost are the elements that have lost their counterpart.
func lost(res *Result) map[string]bool {
	names := map[string]bool{}
	for _, l := range losses(res) {
		names[l.element] = true
	}
	return names
}
