package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var errorResponseDefined = &rule{
	Meta: check.Meta{
		ID:      "error-response-defined",
		Summary: "An operation must describe how it fails.",
		Rationale: "Every request can fail: a bad parameter, a missing right, something that is not there. Where the description has no response of the class 4xx and no `default`, clients learn the form of an error in production. " +
			"Webhooks and callbacks are not reported, since there the API is the client.",
		Severity: check.Warning, Tags: []string{"openapi", "errors", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkErrorResponseDefined,
}

func checkErrorResponseDefined(_ context.Context, p *pass) error {
	for _, op := range p.Subject.Operations() {
		responses := op.Node.Get("responses")
		if !isRequest(op) || responses.Len() == 0 || op.Method == "OPTIONS" || op.Method == "TRACE" {
			continue
		}
		if !declaresClass(responses, '4') {
			p.Reportf(responses.KeyLocation(), "%s describes no response of the class 4xx", op)
		}
	}
	return nil
}
