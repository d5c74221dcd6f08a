package headers

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var headerDisagrees = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "lifecycle-header-disagrees",
		Summary: "Responses and the description name the same days and the same successor.",
		Rationale: "Where a server says another day than the description, one half of the clients plans by a wrong one. Days are compared in " +
			"UTC, since descriptions have no hours.",
		Severity: check.Error, Tags: []string{"lifecycle", "runtime"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error {
		for _, f := range p.Subject.faults(Disagrees) {
			f.report(p, "%q is answered with %s %q %s; the description says %q", f.op.Operation, f.shown(), f.Sent, times(f.count), f.Promised)
		}
		return nil
	},
}
