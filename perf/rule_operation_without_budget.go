package perf

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var operationWithoutBudget = &check.Rule[*PlanSubject]{
	Meta: check.Meta{
		ID:      "perf-operation-without-budget",
		Summary: "Every operation that is sent should have a budget.",
		Rationale: "What owes nothing cannot fail: the operation is load and no test. Give it a budget of its own, one of its tag, or a default " +
			"under `budgets`. Where it is only there to fill a pool or to put load on others, a generous one does no harm.",
		Severity: check.Warning, Tags: []string{"perf", "plan"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*PlanSubject]) error {
		counts := p.Subject.Plan.sent()
		for i := range p.Subject.Plan.Operations {
			if op := &p.Subject.Plan.Operations[i]; counts[i] > 0 && !op.Budget.demands() {
				p.Report(check.Finding{
					Location: op.place(), Key: op.Name, Message: fmt.Sprintf("%q is sent and owes nothing", op.Name),
					Properties: map[string]any{"operation": op.Name},
				})
			}
		}
		return nil
	},
}
