package oas

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas31CallbacksInWebhook = &rule{
	Meta: check.Meta{
		ID:      "oas3_1-callbacks-in-webhook",
		Summary: "Webhooks must not have callbacks.",
		Rationale: "A webhook is a request from the server already. A callback in it would be a request that the receiver " +
			"sends in turn, to an address that a webhook cannot carry. Describe that request as an operation in " +
			"`paths`.",
		Severity: check.Warning, Tags: []string{"openapi", "oas3", "webhooks", "callbacks", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas31CallbacksInWebhook,
}

func checkOas31CallbacksInWebhook(_ context.Context, p *pass) error {
	if p.Subject.Version() >= openapi.V31 {
		reportInWebhooks(p, "callbacks", nil)
	}
	return nil
}

// reportInWebhooks reports the operations of webhooks that have the member.
func reportInWebhooks(p *pass, name string, fix func(n *openapi.Node) *check.Fix) {
	doc := p.Subject
	report := once{p: p}
	for _, item := range member(doc, doc.Root(), "webhooks").Children() {
		for _, op := range resolved(doc, item).Children() {
			if n := resolved(doc, op).Get(name); n != nil {
				report.Mend(writtenMember(doc, op, name), "", fmt.Sprintf("the webhook %q has %s", item.Key(), name), func() *check.Fix {
					if fix == nil {
						return nil
					}
					return fix(n)
				})
			}
		}
	}
}
