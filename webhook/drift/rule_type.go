package drift

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var driftType = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:        "webhook-drift-type",
		Summary:   "A value has the type that the description gives it.",
		Rationale: "A time that is a number at one place and a text at another cannot be decoded into one type. Say both types, or send one.",
		Severity:  check.Error, Tags: []string{"webhooks", "drift"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error { return report(p, Type) },
}
