package perf

import (
	"context"
	"fmt"
	"math"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf/internal/stat"
)

var budgetUnprovable = &check.Rule[*PlanSubject]{
	Meta: check.Meta{
		ID:      "perf-budget-unprovable",
		Summary: "A plan must send enough requests to show that a budget is kept.",
		Rationale: "Three hundred requests without a bad one do not show that fewer than one in a thousand is bad. With fewer requests than it takes " +
			"even if none is bad, the verdict is inconclusive whatever the service does: send more, for longer or with a greater weight, or demand less " +
			"of the load test and leave the rest to monitoring. The number is ln 0.005 / ln(1 − allowed share), for a verdict at 99 % confidence.",
		Severity: check.Warning, Tags: []string{"perf", "plan"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*PlanSubject]) error {
		counts := p.Subject.Plan.sent()
		for i := range p.Subject.Plan.Operations {
			op := &p.Subject.Plan.Operations[i]
			if counts[i] == 0 {
				continue
			}
			allowed, what := strictest(&op.Budget)
			if allowed <= 0 || allowed >= 1 {
				continue // no error at all is not shown by numbers
			}
			if needed := math.Ceil(stat.FaultlessRequests(allowed, alpha/2, 1)); needed > math.Floor(counts[i]+0.5) {
				p.Report(check.Finding{
					Location: op.place(), Key: op.Name,
					Message: fmt.Sprintf("%q: %s cannot be shown with %s; it takes %s even if none is bad",
						op.Name, what, words.Count(int(counts[i]+0.5), "request"), words.Number(int(min(needed, math.MaxInt32)))),
					Related:    budgetAt(op),
					Properties: map[string]any{"operation": op.Name, "planned": int(counts[i] + 0.5), "needed": needed},
				})
			}
		}
		return nil
	},
}

// strictest returns the least share of requests that may miss a demand of the
// budget, and what the demand is; 0 where there is none.
func strictest(b *Budget) (allowed float64, what string) {
	for _, o := range b.Latency {
		if a := rounded(1 - o.Share); a > 0 && (allowed == 0 || a < allowed) {
			allowed, what = a, percentText(o.Share)+" within "+durationText(o.Within)
		}
	}
	if b.HasErrors && b.Errors > 0 && (allowed == 0 || b.Errors < allowed) {
		allowed, what = b.Errors, "at most "+percentText(b.Errors)+" errors"
	}
	return allowed, what
}

// place returns where a finding about an operation's budget stands: where the
// plan names the operation, else where the budget is that it has.
func (op *Operation) place() check.Location {
	if op.Location.Element == "" && op.Budget.Location.Line > 0 {
		return op.Budget.Location
	}
	return op.Location
}

// budgetAt says where a budget stands that is not the operation's own.
func budgetAt(op *Operation) []check.Related {
	if op.Budget.Origin == "operation" || op.Budget.Location.Line == 0 || op.place() == op.Budget.Location {
		return nil
	}
	return []check.Related{{Message: "the budget: " + op.Budget.Origin, Location: op.Budget.Location}}
}
