package compare

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/perf"
)

var regression = &check.Rule[*Comparison]{
	Meta: check.Meta{
		ID:      "perf-regression",
		Summary: "No operation is slower, or fails more often, than at base.",
		Rationale: "Both versions were sent the same requests in blocks that took turns, and the difference is greater than chance allows, " +
			"over all operations together, and than what is said not to matter. So what is slow is in the change, not in the machine or the hour. " +
			"The interval says how much slower it is at least and at most. Mend it, or say with a waiver why it is worth its price.",
		Severity: check.Error, Tags: []string{"perf", "regression"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Comparison]) error {
		for i := range p.Subject.Operations {
			op := &p.Subject.Operations[i]
			if op.Verdict != perf.Fail {
				continue
			}
			p.Report(check.Finding{
				Location: op.Location, Key: op.Operation, Message: op.Operation + ": " + op.Reason,
				Properties: map[string]any{
					"operation": op.Operation, "slower": op.Latency.Mean, "slower_low": op.Latency.Low, "slower_high": op.Latency.High,
					"base_ms": milliseconds(op.Base.Quantile), "head_ms": milliseconds(op.Head.Quantile), "errors": op.Errors.Mean,
				},
			})
		}
		return nil
	},
}
