package compare

import (
	"context"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/perf"
)

var regressionUndecided = &check.Rule[*Comparison]{
	Meta: check.Meta{
		ID:      "perf-regression-undecided",
		Summary: "A comparison is long enough to rule a slowdown out.",
		Rationale: "No slowdown was found, and one that matters was not ruled out either: the measurements of this operation are too noisy for so few " +
			"pairs, or the comparison ended early. That is not a pass. Send more pairs (the message says how many where that is known), " +
			"more requests in each, or give the two versions a quieter machine. Running it again until it passes makes the verdict worthless.",
		Severity: check.Warning, Tags: []string{"perf", "regression"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Comparison]) error {
		for i := range p.Subject.Operations {
			op := &p.Subject.Operations[i]
			if op.Verdict != perf.Inconclusive {
				continue
			}
			p.Report(check.Finding{
				Location: op.Location, Key: op.Operation, Message: op.Operation + ": " + op.Reason,
				Properties: map[string]any{"operation": op.Operation, "detectable": op.Latency.Detectable, "pairs": len(op.Blocks)},
			})
		}
		return nil
	},
}

// milliseconds is a duration as other programs read it.
func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
