package perf

import (
	"context"
	"fmt"
	"math"

	"github.com/plumbapi/plumb/check"
)

var objectiveMissing = &check.Rule[*PlanSubject]{
	Meta: check.Meta{
		ID:      "perf-objective-missing",
		Summary: "Every objective of production should be in the plan, and every operation of the plan should have one.",
		Rationale: "What production is held to and no load test looks at is found out by users. Give the operation the same objective in the plan. " +
			"An operation that the plan has and production does not may be new: `plumb perf export openslo` writes its documents.",
		Severity: check.Warning, Tags: []string{"perf", "plan", "production"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*PlanSubject]) error {
		if p.Subject.Production == nil {
			return nil
		}
		by := p.Subject.objectivesOf()
		for _, ob := range by[-1] {
			p.Report(check.Finding{
				Location: ob.Location, Key: ob.Name, Message: fmt.Sprintf("the objective %q (%s) is for no operation of the plan: %s", ob.Name, ob.String(), ob.about()),
				Properties: map[string]any{"objective": ob.Name},
			})
		}
		for i := range p.Subject.Plan.Operations {
			op := &p.Subject.Plan.Operations[i]
			if len(by[i]) == 0 && op.Budget.demands() {
				p.Report(check.Finding{
					Location: op.place(), Key: op.Name, Message: fmt.Sprintf("%q has a budget, and production has no objective for it", op.Name),
					Properties: map[string]any{"operation": op.Name},
				})
			}
			for _, ob := range by[i] {
				if said, same := op.Budget.counterpart(&ob); !same && said == "" {
					p.Report(check.Finding{
						Location: op.place(), Key: op.Name + " " + ob.Name, Message: fmt.Sprintf("%q owes %s in production, and nothing like it here", op.Name, ob.String()),
						Related:    []check.Related{{Message: "the objective of production: " + ob.Name, Location: ob.Location}},
						Properties: map[string]any{"operation": op.Name, "objective": ob.Name},
					})
				}
			}
		}
		return nil
	},
}

// counterpart returns what a budget says of the same thing as an objective of
// production, "" where it says nothing of it, and whether it is the same: the
// objective with the same time, else the one with the same share.
func (b *Budget) counterpart(ob *ServiceObjective) (said string, same bool) {
	if ob.Kind == "errors" {
		if !b.HasErrors {
			return "", false
		}
		return "at most " + percentText(b.Errors) + " errors", alike(b.Errors, 1-ob.Share)
	}
	for _, o := range b.Latency {
		if o.Within == ob.Within {
			return percentText(o.Share) + " within " + durationText(o.Within), alike(o.Share, ob.Share)
		}
	}
	for _, o := range b.Latency {
		if alike(o.Share, ob.Share) {
			return percentText(o.Share) + " within " + durationText(o.Within), false
		}
	}
	return "", false
}

// alike reports whether two shares are the same but for rounding.
func alike(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
