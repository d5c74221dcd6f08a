package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas3CallbacksInCallbacks = &rule{
	Meta: check.Meta{
		ID:      "oas3-callbacks-in-callbacks",
		Summary: "Operations of a callback must not have callbacks.",
		Rationale: "A callback describes a request that the server sends to the client. A callback within it would be sent " +
			"by the client's server to the API's, which is what paths are for; few tools follow it. Describe the " +
			"answer as an operation in `paths`.",
		Severity: check.Warning, Tags: []string{"openapi", "oas3", "operations", "callbacks", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas3CallbacksInCallbacks,
}

func checkOas3CallbacksInCallbacks(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() == openapi.V20 {
		return nil
	}
	report := once{p: p}
	for _, o := range uniqueOperations(doc) {
		for _, callback := range member(doc, o.node, "callbacks").Children() {
			for _, item := range resolved(doc, callback).Children() {
				for _, op := range resolved(doc, item).Children() {
					if resolved(doc, op).Has("callbacks") {
						report.Report(writtenMember(doc, op, "callbacks"), "", "an operation of a callback has callbacks itself")
					}
				}
			}
		}
	}
	return nil
}
