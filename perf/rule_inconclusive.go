package perf

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var inconclusive = &check.Rule[*Assessment]{
	Meta: check.Meta{
		ID:      "perf-inconclusive",
		Summary: "A run has enough requests to tell whether a budget is kept.",
		Rationale: "A budget of 0.1 % cannot be shown by a thousand requests: that none of them was bad says little. A run that passes " +
			"all the same, or fails on three bad requests, says something else each time. Send more, for longer or by giving the " +
			"operation a greater weight; or set a budget that a run of this length can show, and leave the stricter one to " +
			"production. Where it lies at its budget, no number of requests tells.",
		Severity: check.Warning, Tags: []string{"perf"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Assessment]) error {
		p.Subject.demands(p, Inconclusive)
		return nil
	},
}
