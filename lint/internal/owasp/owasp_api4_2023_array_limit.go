package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api4ArrayLimit = &rule{
	Meta: check.Meta{
		ID:        "owasp-api4-2023-array-limit",
		Summary:   "An array says how many items it has at most.",
		Rationale: "What is not bounded can be made as large as an attacker likes, and takes memory and time of the server. Say the bound in the schema, and enforce it. Declare `maxItems`.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API4:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api4:2023-array-limit"},
	},
	Check: checkAPI4ArrayLimit,
}

func checkAPI4ArrayLimit(_ context.Context, p *pass) error {
	schemas(p, "array", func(n *openapi.Node) {
		if !n.Has("maxItems") {
			p.Reportf(at(n), "the array has no maxItems")
		}
	})
	return nil
}
