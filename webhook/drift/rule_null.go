package drift

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var driftNull = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "webhook-drift-null",
		Summary: "A value is null only where the description allows null.",
		Rationale: "A null where none is expected is the most frequent reason why typed receivers fail. Add null to the type (nullable in OpenAPI " +
			"3.0), or leave the member out.",
		Severity: check.Error, Tags: []string{"webhooks", "drift"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error { return report(p, Null) },
}
