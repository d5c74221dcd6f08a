package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var webhookRetryDocumented = &rule{
	Meta: check.Meta{
		ID:      "webhook-retry-documented",
		Summary: "Webhooks should say what becomes of a delivery that fails.",
		Rationale: "A receiver that was away for an hour has to know whether it has missed anything: how often and how long a delivery is tried again, " +
			"and which answers end that. The rule looks for texts that speak of retries, so that it must be asked for.",
		Severity: check.Info, Tags: []string{"openapi", "webhooks"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkWebhookRetryDocumented,
}

func checkWebhookRetryDocumented(_ context.Context, p *pass) error {
	d := p.Subject
	if len(webhooksOf(d)) == 0 || prose(d, "retry", "retries", "retried", "redeliver", "resend", "resent", "attempt", "tried again", "sent again") {
		return nil
	}
	p.Report(check.Finding{Location: webhooksKey(d).KeyLocation(), Message: "nothing says whether a delivery that fails is tried again"})
	return nil
}
