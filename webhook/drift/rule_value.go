package drift

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var driftValue = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "webhook-drift-value",
		Summary: "A value keeps to the limits and patterns that the description sets.",
		Rationale: "What is described as at most a hundred characters ends up in a column for a hundred. Of a union, exactly one alternative " +
			"fits, or it is an anyOf. Correct the limit, or what is sent.",
		Severity: check.Error, Tags: []string{"webhooks", "drift"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error { return report(p, Value) },
}
