package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var oas31ServersInWebhook = &rule{
	Meta: check.Meta{
		ID:      "oas3_1-servers-in-webhook",
		Summary: "Webhooks must not have servers.",
		Rationale: "A webhook is sent to an address that its subscriber gives; the API's servers have nothing to do with it. " +
			"Tools ignore `servers` there, and readers are led astray. Say in the description how an address is " +
			"registered.",
		Fix:      "Removes the servers of operations, which have no meaning there.",
		Severity: check.Warning, Tags: []string{"openapi", "oas3", "webhooks", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas31ServersInWebhook,
}

func checkOas31ServersInWebhook(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() < openapi.V31 {
		return nil
	}
	webhooks := member(doc, doc.Root(), "webhooks")
	if c := webhooks.Get("servers"); c != nil {
		p.Reportf(Place(written(doc, c)), "webhooks has servers")
	}
	e := &edit.Editor{}
	reportInWebhooks(p, "servers", func(n *openapi.Node) *check.Fix {
		return edit.Fix("Remove servers, which have no meaning here", e.Remove(n))
	})
	return nil
}
