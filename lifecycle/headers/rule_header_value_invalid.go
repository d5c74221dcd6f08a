package headers

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var headerValueInvalid = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "lifecycle-header-value-invalid",
		Summary: "Deprecation, Sunset and Link have values that their RFCs allow.",
		Rationale: "Deprecation is a date of structured fields, \"@\" and the seconds since 1970 (RFC 9745); \"true\" and HTTP dates are from early " +
			"drafts, and clients that follow the standard drop them. Sunset is an HTTP date such as \"Sat, 31 Dec 2022 23:59:59 GMT\" (RFC " +
			"8594) and must not be earlier than the deprecation. Both come once.",
		Severity: check.Error, Tags: []string{"lifecycle", "runtime"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error {
		for _, f := range p.Subject.faults(Invalid) {
			f.report(p, "%q is answered with %s %q %s: %s", f.op.Operation, f.Field, f.Sent, times(f.count), f.Problem)
		}
		return nil
	},
}
