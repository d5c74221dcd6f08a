package perf

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var invalid = &check.Rule[*Assessment]{
	Meta: check.Meta{
		ID:      "perf-invalid",
		Summary: "What is judged has been measured.",
		Rationale: "An operation that was never asked keeps every budget, a target that cannot be reached makes all fail, and a generator " +
			"that is late measures itself. None of these says anything of the service, so none is a pass or a fail: the run is " +
			"incomplete. Mend what the message names: the address, the data, a machine with more room for the generator, or a " +
			"lower rate on more machines (`--shard`).",
		Severity: check.Error, Tags: []string{"perf"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Assessment]) error {
		for i, d := range p.Subject.doubts() {
			f := check.Finding{Message: d.message, Location: d.at, Key: "run"}
			if d.subject != nil {
				f.Key = d.subject.Operation.Name
				f.Properties = map[string]any{"operation": d.subject.Operation.Name}
			} else if i > 0 {
				f.Key = "run " + d.message
			}
			p.Report(f)
		}
		return nil
	},
}
