package perf

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var objectiveDrift = &check.Rule[*PlanSubject]{
	Meta: check.Meta{
		ID:      "perf-objective-drift",
		Summary: "The load test must hold an operation to the numbers that production is held to.",
		Rationale: "Where the load test and production have different numbers for the same operation, one of them is not what was agreed: a test that " +
			"allows more passes what will page somebody later, one that allows less stops what would do. Decide on one number, and write it into both; " +
			"`plumb perf export openslo` writes the documents of production from the plan.",
		Severity: check.Error, Tags: []string{"perf", "plan", "production"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*PlanSubject]) error {
		by := p.Subject.objectivesOf()
		for i := range p.Subject.Plan.Operations {
			op := &p.Subject.Plan.Operations[i]
			for _, ob := range by[i] {
				if said, same := op.Budget.counterpart(&ob); !same && said != "" {
					p.Report(check.Finding{
						Location: op.place(), Key: op.Name + " " + ob.Name,
						Message:    fmt.Sprintf("%q owes %s here and %s in production", op.Name, said, ob.String()),
						Related:    append(budgetAt(op), check.Related{Message: "the objective of production: " + ob.Name, Location: ob.Location}),
						Properties: map[string]any{"operation": op.Name, "objective": ob.Name},
					})
				}
			}
		}
		return nil
	},
}
