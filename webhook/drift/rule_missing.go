package drift

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var driftMissing = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "webhook-drift-missing",
		Summary: "A member that the description requires is in every payload.",
		Rationale: "Whoever generates code from the description gets a field that is always there, and a receiver that validates refuses what " +
			"was really sent. Take the member out of required, or send it. plumb webhooks drift --overlay writes the change.",
		Severity: check.Error, Tags: []string{"webhooks", "drift"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error { return report(p, Missing) },
}
