package perf

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var poolUnused = &check.Rule[*PlanSubject]{
	Meta: check.Meta{
		ID:      "perf-pool-unused",
		Summary: "Every pool should be used.",
		Rationale: "A pool that no request takes from costs memory and time, since each answer is searched for its values, and a plan that names it " +
			"says something else than it does: where {{name}} was meant, the values are made up. Use it, or remove it.",
		Severity: check.Info, Tags: []string{"perf", "plan"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*PlanSubject]) error {
		used := p.Subject.Plan.references()
		for _, pool := range p.Subject.Plan.Pools {
			if used[pool.Name] == "" {
				p.Report(check.Finding{
					Location: pool.Location, Key: pool.Name, Message: fmt.Sprintf("no request uses pool %q", pool.Name),
					Properties: map[string]any{"pool": pool.Name},
				})
			}
		}
		return nil
	},
}
