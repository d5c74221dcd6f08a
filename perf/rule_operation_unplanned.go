package perf

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var operationUnplanned = &check.Rule[*PlanSubject]{
	Meta: check.Meta{
		ID:      "perf-operation-unplanned",
		Summary: "Every read of the descriptions should be in the plan.",
		Rationale: "An operation that the plan does not name is neither sent nor held to a budget, and nobody hears of it when it becomes slow. " +
			"The rule is for products whose plan is meant to be complete. Deprecated operations need not be in it.",
		Severity: check.Info, Tags: []string{"perf", "plan"}, Since: since, OptIn: true,
	},
	Check: func(_ context.Context, p *check.Pass[*PlanSubject]) error {
		for _, of := range newCatalog(p.Subject.Descriptions).offers {
			if of.write || of.rest == nil || of.rest.Node.Get("deprecated").IsTrue() || p.Subject.Plan.Operation(of.name) >= 0 {
				continue
			}
			p.Report(check.Finding{
				Location: of.rest.Node.KeyLocation(), Key: of.name, Message: fmt.Sprintf("operation %q is not in the plan", of.name),
				Properties: map[string]any{"operation": of.name},
			})
		}
		return nil
	},
}
