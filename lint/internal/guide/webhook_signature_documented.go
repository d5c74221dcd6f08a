package guide

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var webhookSignatureDocumented = &rule{
	Meta: check.Meta{
		ID:      "webhook-signature-documented",
		Summary: "Webhooks should say how deliveries are signed.",
		Rationale: "Whoever knows the address of a receiver can send to it. A receiver can tell who sent a delivery by its signature only, and has to " +
			"know in which header it stands and of what it is made. Describe the header as a parameter, the scheme in `security`, or both in " +
			"words. The rule looks for a header or a text that speaks of a signature, so that it must be asked for.",
		Severity: check.Warning, Tags: []string{"openapi", "webhooks"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkWebhookSignatureDocumented,
}

func checkWebhookSignatureDocumented(_ context.Context, p *pass) error {
	d := p.Subject
	if len(webhooksOf(d)) == 0 || prose(d, "signature", "signed", "hmac", "signing", "standard webhooks") {
		return nil
	}
	reportLacking(p, "says how its deliveries are signed", func(op *openapi.Operation) bool {
		if op.Node.Get("security").Len() > 0 {
			return true
		}
		for _, h := range headerParameters(d, op) {
			name := strings.ToLower(h.Get("name").Text())
			if strings.Contains(name, "signature") || strings.Contains(name, "hmac") || strings.HasSuffix(name, "-token") || name == "authorization" {
				return true
			}
		}
		return false
	})
	return nil
}
