package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var webhookPayloadObject = &rule{
	Meta: check.Meta{
		ID:      "webhook-payload-object",
		Summary: "The payload of a webhook should be an object.",
		Rationale: "A payload that is a list or a text cannot grow: there is no place for the event, an id or a time without breaking every receiver. " +
			"Put the list into a member of an object.",
		Severity: check.Warning, Tags: []string{"openapi", "webhooks", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkWebhookPayloadObject,
}

func checkWebhookPayloadObject(_ context.Context, p *pass) error {
	d := p.Subject
	seen := map[*openapi.Node]bool{}
	for _, op := range sentOperations(d) {
		for _, b := range payloads(d, op) {
			if t := typesOf(d, b.schema); t != 0 && t&objectType == 0 && !seen[b.at] {
				seen[b.at] = true
				p.Reportf(b.at.KeyLocation(), "the payload of %s is of type %s", sentName(op), t)
			}
		}
	}
	return nil
}
