package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var getResponseBody = &rule{
	Meta: check.Meta{
		ID:      "get-response-body",
		Summary: "The response 200 of a GET must have a body.",
		Rationale: "A GET exists for what it returns. A response 200 without `content` (in 2.0 without `schema`) says that there is nothing to read, and generated clients drop what the server sends. " +
			"Describe the body; where there is none, answer 204.",
		Severity: check.Warning, Tags: []string{"openapi", "responses", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkGetResponseBody,
}

func checkGetResponseBody(_ context.Context, p *pass) error {
	d := p.Subject
	for _, op := range d.Operations() {
		if op.Method != "GET" || !isRequest(op) {
			continue
		}
		for _, a := range answers(d, op) {
			if a.code != "200" || !a.node.Is(openapi.Object) || describesBody(d, a.node) {
				continue
			}
			p.Reportf(a.at.KeyLocation(), "response %q of %s has no body", a.code, op)
		}
	}
	return nil
}

// describesBody reports whether a response says that it has a body, be it
// without a schema.
func describesBody(d *openapi.Document, response *openapi.Node) bool {
	if d.Version() == openapi.V20 {
		return response.Has("schema") || response.Get("examples").Len() > 0
	}
	return response.Get("content").Len() > 0
}
