package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var api8DefineErrorResponses401 = &rule{
	Meta: check.Meta{
		ID:        "owasp-api8-2023-define-error-responses-401",
		Summary:   "An operation describes what it answers without credentials.",
		Rationale: "An error that nobody described is whatever the framework makes of it: a stack trace, a query, a path. Describe it with its body, so that tests can hold answers against it.",
		Severity:  check.Warning, Tags: []string{"openapi", "security", Tag, "API8:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api8:2023-define-error-responses-401"},
	},
	Check: checkAPI8DefineErrorResponses401,
}

func checkAPI8DefineErrorResponses401(_ context.Context, p *pass) error {
	responsesTo(p, "401")
	return nil
}
