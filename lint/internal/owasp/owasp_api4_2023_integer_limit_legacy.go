package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api4IntegerLimitLegacy = &rule{
	Meta: check.Meta{
		ID:        "owasp-api4-2023-integer-limit-legacy",
		Summary:   "An integer says its least and its greatest value, in OpenAPI 2.0 and 3.0.",
		Rationale: "What is not bounded can be made as large as an attacker likes, and takes memory and time of the server. Say the bound in the schema, and enforce it. Declare `minimum` and `maximum`.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API4:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api4:2023-integer-limit-legacy"},
	},
	Check: checkAPI4IntegerLimitLegacy,
}

func checkAPI4IntegerLimitLegacy(_ context.Context, p *pass) error {
	if p.Subject.Version() >= openapi.V31 {
		return nil
	}
	schemas(p, "integer", func(n *openapi.Node) {
		if !n.Has("minimum") || !n.Has("maximum") {
			p.Reportf(at(n), "the integer has no minimum or no maximum")
		}
	})
	return nil
}
