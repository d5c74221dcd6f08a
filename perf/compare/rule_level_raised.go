package compare

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/perf"
)

var levelRaised = &check.Rule[*Trend]{
	Meta: check.Meta{
		ID:      "perf-level-raised",
		Summary: "No operation has become slower over the runs that are kept.",
		Rationale: "From one run on, this operation has been slower than before, by more than its runs differ among themselves, and it has not come back. " +
			"A history is weaker evidence than two versions side by side: what else changed in that night, the machine, the data, the network, is " +
			"in it too. Look at what went into that run. A change that was meant is put into the baseline, and the next one counts again.",
		Severity: check.Error, Tags: []string{"perf", "regression"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Trend]) error {
		for i := range p.Subject.Operations {
			op := &p.Subject.Operations[i]
			if op.Verdict != perf.Fail {
				continue
			}
			c := op.Changes[len(op.Changes)-1]
			p.Report(check.Finding{
				Location: op.Location, Key: op.Operation + " " + c.Run, Message: op.Operation + ": " + op.Reason,
				Properties: map[string]any{
					"operation": op.Operation, "since": c.Run, "before_ms": milliseconds(c.Before), "after_ms": milliseconds(c.After),
				},
			})
		}
		return nil
	},
}
