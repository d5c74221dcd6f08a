package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var webhookNamingUniform = &rule{
	Meta: check.Meta{
		ID:      "webhook-naming-uniform",
		Summary: "The names of webhooks should be cased alike.",
		Rationale: "The names of webhooks become the names of types and handlers, and often those of the events themselves. One `issueOpened` among " +
			"`merge-request-opened` and `pipeline-finished` stands out in every client. The casing of nearly all of them is the habit.",
		Severity: check.Info, Tags: []string{"openapi", "webhooks", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkWebhookNamingUniform,
}

func checkWebhookNamingUniform(_ context.Context, p *pass) error {
	var habit casingHabit
	seen := map[string]bool{}
	for _, op := range webhooksOf(p.Subject) {
		if !seen[op.Path] {
			seen[op.Path] = true
			habit.addAs(partsCasing(op.Path), op.Path, op.Node.Parent())
		}
	}
	habit.report(p, "webhook", (*openapi.Node).KeyLocation)
	return nil
}
