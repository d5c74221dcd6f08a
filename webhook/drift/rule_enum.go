package drift

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var driftEnum = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "webhook-drift-enum",
		Summary: "A value is one of those that the description lists.",
		Rationale: "Code that was generated from a closed list takes another value for an error. List the value, or say in the description that " +
			"the list may grow and leave the enum away.",
		Severity: check.Error, Tags: []string{"webhooks", "drift"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error { return report(p, Enum) },
}
