package perf

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var thresholdOffBucket = &check.Rule[*PlanSubject]{
	Meta: check.Meta{
		ID:      "perf-threshold-off-bucket",
		Summary: "The time of an objective should be an edge of a bucket of the histogram in production.",
		Rationale: "A classic histogram only knows how many requests were below the edges of its buckets. An objective between two edges is estimated " +
			"along a straight line, or counted at the next edge, and so production measures something else than the load test. Take one of the edges, " +
			"add one to the histogram, or make it a native one (`native: true`).",
		Severity: check.Warning, Tags: []string{"perf", "plan", "production"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*PlanSubject]) error {
		m := &p.Subject.Plan.Metrics
		if m.Native || len(m.Buckets) == 0 {
			return nil
		}
		var edges []string
		for _, e := range m.Buckets {
			edges = append(edges, durationText(e))
		}
		for i := range p.Subject.Plan.Operations {
			op := &p.Subject.Plan.Operations[i]
			for _, o := range op.Budget.Latency {
				if slices.Contains(m.Buckets, o.Within) {
					continue
				}
				p.Report(check.Finding{
					Location: op.place(), Key: op.Name + " " + objectiveText(o),
					Message:    fmt.Sprintf("%q: %s is no edge of a bucket; these are %s", op.Name, durationText(o.Within), strings.Join(edges[:min(len(edges), 20)], ", ")),
					Related:    budgetAt(op),
					Properties: map[string]any{"operation": op.Name, "within_ns": int64(o.Within)},
				})
			}
		}
		return nil
	},
}
