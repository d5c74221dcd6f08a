package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var decisionChanged = &rule{
	Meta: check.Meta{
		ID:      "parity-decision-changed",
		Summary: "The matcher should decide as parity.lock does.",
		Rationale: "The descriptions, or plumb itself, have changed so that the matcher would decide otherwise. The decision of " +
			"parity.lock holds, and nothing fails; whoever writes the lock anew takes over the other one. Where the lock is right, " +
			"say so in parity.yaml.",
		Severity: check.Info, Tags: []string{"parity", "openapi", "graphql", "decisions"}, Since: since,
	},
	Check: checkDecisionChanged,
}

func checkDecisionChanged(_ context.Context, p *pass) error {
	if p.Subject.Lock == nil {
		return nil
	}
	of := newLosing(p.Subject)
	for _, d := range p.Subject.Decisions {
		if d.Kind != "lock" || d.State != "changed" && !(d.State == "removed" && of.isReplaced(d.Element)) {
			continue
		}
		gone := ""
		if d.State == "removed" {
			gone = ", which is gone"
		}
		report(p, mention{at: d.At}, elementOf(p.Subject, d.Element), check.Finding{
			Message:    fmt.Sprintf("the lock decides %q for %q%s; the matcher decides %q", d.Value, d.Element, gone, d.Now),
			Key:        d.Element,
			Properties: map[string]any{"element": d.Element, "locked": d.Value, "matcher": d.Now},
		})
	}
	return nil
}

// isReplaced reports whether an operation that lost its counterpart surely
// has another one.
func (l *losing) isReplaced(name string) bool {
	o := l.res.operation(name)
	return o != nil && l.replaced(o)
}

// elementOf is the operation, schema or property that a decision is about.
func elementOf(res *Result, name string) mention {
	if o := res.operation(name); o != nil {
		return restOperation(o)
	}
	for _, t := range res.Types {
		if t.REST == name || t.Name == name {
			return mention{noun: "schema", name: t.Name, at: t.Location}
		}
	}
	for _, f := range res.Fields {
		if f.REST == name {
			return mention{noun: "property", name: name, at: f.RESTLocation}
		}
	}
	return mention{}
}
