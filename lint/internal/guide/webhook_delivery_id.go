package guide

import (
	"context"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var webhookDeliveryID = &rule{
	Meta: check.Meta{
		ID:      "webhook-delivery-id",
		Summary: "Webhooks should describe an id by which a delivery is known again.",
		Rationale: "Deliveries come twice: after a timeout, a retry, a redelivery by hand. Only an id that all attempts share lets a receiver act once. " +
			"Describe the header that has it, such as `webhook-id`, or a member of the payload. The rule goes by usual names, so that it must be " +
			"asked for.",
		Severity: check.Info, Tags: []string{"openapi", "webhooks"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkWebhookDeliveryID,
}

// deliveryHeaders and deliveryMembers are how such ids are called, in lower case
// and without marks.
var (
	deliveryHeaders = []string{"delivery", "webhookid", "webhookuuid", "eventid", "eventuuid", "messageid", "requestid", "idempotencykey", "svixid"}
	deliveryMembers = []string{"id", "uuid", "eventid", "deliveryid", "messageid", "webhookid", "notificationid"}
)

func checkWebhookDeliveryID(_ context.Context, p *pass) error {
	d := p.Subject
	reportLacking(p, "says by which id a delivery is known again", func(op *openapi.Operation) bool {
		for _, h := range headerParameters(d, op) {
			name := plain(h.Get("name").Text())
			if slices.ContainsFunc(deliveryHeaders, func(s string) bool { return strings.Contains(name, s) }) {
				return true
			}
		}
		found := false
		for _, b := range payloads(d, op) {
			eachProperty(d, b.schema, func(c *openapi.Node) {
				found = found || slices.Contains(deliveryMembers, plain(c.Key()))
			})
		}
		return found
	})
	return nil
}
