package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var securedOperation401Response = &rule{
	Meta: check.Meta{
		ID:      "secured-operation-401-response",
		Summary: "An operation that requires credentials must describe the response 401 or 403.",
		Rationale: "Credentials expire and rights change, so every client of a secured operation meets this response. Describe 401 (who are you?), 403 (you may not), `4XX` or `default`. " +
			"Operations for which security is optional are not reported.",
		Severity: check.Warning, Tags: []string{"openapi", "errors", "security", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkSecuredOperation401Response,
}

func checkSecuredOperation401Response(_ context.Context, p *pass) error {
	for _, op := range p.Subject.Operations() {
		responses := op.Node.Get("responses")
		if !isRequest(op) || responses.Len() == 0 || !requiresCredentials(p.Subject, op) || declares(op, "401", "403") {
			continue
		}
		p.Reportf(responses.KeyLocation(), "%s requires credentials and describes neither 401 nor 403", op)
	}
	return nil
}

// securityOf returns the security requirements of an operation: its own, or
// those of the document; nil where neither says anything.
func securityOf(d *openapi.Document, op *openapi.Operation) *openapi.Node {
	if s := op.Node.Get("security"); s != nil {
		return s
	}
	return d.Root().Get("security")
}

// requiresCredentials reports whether an operation cannot be called without
// credentials: an empty requirement among others makes them optional.
func requiresCredentials(d *openapi.Document, op *openapi.Operation) bool {
	requirements := securityOf(d, op).Children()
	for _, r := range requirements {
		if r.Len() == 0 {
			return false
		}
	}
	return len(requirements) > 0
}
