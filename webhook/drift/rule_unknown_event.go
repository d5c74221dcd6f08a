package drift

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var driftUnknownEvent = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "webhook-drift-unknown-event",
		Summary: "An event that is sent is described, with its action.",
		Rationale: "Receivers are written from the description; an event that is not in it reaches nobody. Add a webhook for it, or the action to the " +
			"payload of its event.",
		Severity: check.Error, Tags: []string{"webhooks", "drift"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error { return report(p, Event) },
}
