package headers

import (
	"context"
	"time"

	"github.com/plumbapi/plumb/check"
)

var servedAfterSunset = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "lifecycle-served-after-sunset",
		Summary: "Operations that are past their sunset answer 410 Gone.",
		Rationale: "A sunset that passes without effect teaches clients that sunsets mean nothing, and keeps code alive that nobody tests any " +
			"more. 410 with a problem document says that the operation is gone for good; 404 looks like a mistake of the caller.",
		Severity: check.Warning, Tags: []string{"lifecycle", "runtime"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error {
		for _, f := range p.Subject.faults(Served) {
			until := f.op.promise.Sunset.Format(time.DateOnly)
			f.report(p, "%q is answered with success %s after its sunset on %s, first with status %d", f.op.Operation, times(f.count), until, f.status)
		}
		return nil
	},
}
