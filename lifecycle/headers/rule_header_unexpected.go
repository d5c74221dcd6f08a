package headers

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var headerUnexpected = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "lifecycle-header-unexpected",
		Summary: "Responses announce no end that the description does not have.",
		Rationale: "A Deprecation or Sunset field on an operation that the description calls neither is an announcement that nobody can look " +
			"up: the reference, the changelog and the calendar do not have it. Either the description lacks the deprecation or the " +
			"server sends too much, often because a gateway adds the field to a whole path.",
		Severity: check.Warning, Tags: []string{"lifecycle", "runtime"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error {
		for _, f := range p.Subject.faults(Unexpected) {
			says := "calls it deprecated"
			if f.Field == Sunset {
				says = "gives it a sunset"
			}
			f.report(p, "%q is answered with %s %q %s; nothing in the description %s", f.op.Operation, f.Field, f.Sent, times(f.count), says)
		}
		return nil
	},
}
