package perf

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var timeoutBelowObjective = &check.Rule[*PlanSubject]{
	Meta: check.Meta{
		ID:      "perf-timeout-below-objective",
		Summary: "The timeout should be longer than every time that an objective allows.",
		Rationale: "An answer that takes longer than the timeout is given up and counts as bad, so an objective beyond it is in truth one at the timeout. " +
			"Raise `load.timeout`, or lower the objective.",
		Severity: check.Warning, Tags: []string{"perf", "plan"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*PlanSubject]) error {
		for i := range p.Subject.Plan.Operations {
			op := &p.Subject.Plan.Operations[i]
			for _, o := range op.Budget.Latency {
				if o.Within < p.Subject.Plan.Timeout || p.Subject.Plan.Timeout == 0 {
					continue
				}
				p.Report(check.Finding{
					Location: op.place(), Key: op.Name + " " + objectiveText(o),
					Message:    fmt.Sprintf("%q may take %s, and answers are given up after %s", op.Name, durationText(o.Within), durationText(p.Subject.Plan.Timeout)),
					Related:    budgetAt(op),
					Properties: map[string]any{"operation": op.Name, "within_ns": int64(o.Within), "timeout_ns": int64(p.Subject.Plan.Timeout)},
				})
				break
			}
		}
		return nil
	},
}
