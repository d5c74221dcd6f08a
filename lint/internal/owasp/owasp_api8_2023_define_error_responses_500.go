package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var api8DefineErrorResponses500 = &rule{
	Meta: check.Meta{
		ID:        "owasp-api8-2023-define-error-responses-500",
		Summary:   "An operation describes what it answers where the server is at fault.",
		Rationale: "An error that nobody described is whatever the framework makes of it: a stack trace, a query, a path. Describe it with its body, so that tests can hold answers against it.",
		Severity:  check.Warning, Tags: []string{"openapi", "security", Tag, "API8:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api8:2023-define-error-responses-500"},
	},
	Check: checkAPI8DefineErrorResponses500,
}

func checkAPI8DefineErrorResponses500(_ context.Context, p *pass) error {
	responsesTo(p, "500")
	return nil
}
