package owasp

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api2WriteRestricted = &rule{
	Meta: check.Meta{
		ID:        "owasp-api2-2023-write-restricted",
		Summary:   "An operation that changes something requires credentials.",
		Rationale: "What requires none is open to everybody. Say in `security`, of the operation or of the document, which scheme it requires.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API2:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api2:2023-write-restricted"},
	},
	Check: checkAPI2WriteRestricted,
}

func checkAPI2WriteRestricted(_ context.Context, p *pass) error {
	requests(p, func(op *openapi.Operation) {
		if slices.Contains([]string{"POST", "PUT", "PATCH", "DELETE"}, op.Method) && security(p, op).Len() == 0 {
			p.Reportf(at(op.Node), "%s requires no credentials", op)
		}
	})
	return nil
}
