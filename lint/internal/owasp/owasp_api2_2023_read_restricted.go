package owasp

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api2ReadRestricted = &rule{
	Meta: check.Meta{
		ID:        "owasp-api2-2023-read-restricted",
		Summary:   "An operation that reads requires credentials.",
		Rationale: "What requires none is open to everybody. Say in `security`, of the operation or of the document, which scheme it requires.",
		Severity:  check.Warning, Tags: []string{"openapi", "security", Tag, "API2:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api2:2023-read-restricted"},
	},
	Check: checkAPI2ReadRestricted,
}

func checkAPI2ReadRestricted(_ context.Context, p *pass) error {
	requests(p, func(op *openapi.Operation) {
		if slices.Contains([]string{"GET", "HEAD"}, op.Method) && security(p, op).Len() == 0 {
			p.Reportf(at(op.Node), "%s requires no credentials", op)
		}
	})
	return nil
}
