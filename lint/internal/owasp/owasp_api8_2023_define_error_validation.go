package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api8DefineErrorValidation = &rule{
	Meta: check.Meta{
		ID:        "owasp-api8-2023-define-error-validation",
		Summary:   "An operation describes what it answers to a wrong request.",
		Rationale: "An error that nobody described is whatever the framework makes of it: a stack trace, a query, a path. Describe it with its body, so that tests can hold answers against it.",
		Severity:  check.Warning, Tags: []string{"openapi", "security", Tag, "API8:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api8:2023-define-error-validation"},
	},
	Check: checkAPI8DefineErrorValidation,
}

func checkAPI8DefineErrorValidation(_ context.Context, p *pass) error {
	requests(p, func(op *openapi.Operation) {
		if !hasAny(op.Node.Get("responses"), "400", "422", "4XX") {
			p.Reportf(at(said(op.Node, "responses")), "%s has no response 400, 422 or 4XX", op)
		}
	})
	return nil
}
