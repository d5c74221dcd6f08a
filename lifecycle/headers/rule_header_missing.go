package headers

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var headerMissing = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "lifecycle-header-missing",
		Summary: "Responses of deprecated operations carry what the description promises.",
		Rationale: "Few clients read a description again after they have been built; all of them get responses. A Deprecation field " +
			"(RFC 9745), a Sunset field (RFC 8594) where the description names the day, and a link to the successor reach them " +
			"where monitoring and SDKs look. Go servers send them with lifecycle/server.Middleware.",
		Severity: check.Warning, Tags: []string{"lifecycle", "runtime"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error {
		for _, f := range p.Subject.faults(Missing) {
			due := "a date"
			if f.Promised != "@" {
				due = "\"" + f.Promised + "\""
			}
			f.report(p, "responses of %q lack %s, %d of %d; the description promises %s", f.op.Operation, f.shown(), f.count, f.op.Judged, due)
		}
		return nil
	},
}
