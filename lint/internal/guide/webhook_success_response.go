package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var webhookSuccessResponse = &rule{
	Meta: check.Meta{
		ID:      "webhook-success-response",
		Summary: "A webhook should describe a successful response.",
		Rationale: "The responses of a webhook say what a receiver has to answer. Without one of the class 2xx nobody knows which status counts as " +
			"received, and whether another leads to a second attempt.",
		Severity: check.Warning, Tags: []string{"openapi", "webhooks", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkWebhookSuccessResponse,
}

func checkWebhookSuccessResponse(_ context.Context, p *pass) error {
	for _, op := range sentOperations(p.Subject) {
		responses := p.Subject.Resolve(op.Node.Get("responses"))
		if !declaresClass(responses, '2') {
			p.Reportf(op.Node.KeyLocation(), "%s has no response of the class 2xx", sentName(op))
		}
	}
	return nil
}
