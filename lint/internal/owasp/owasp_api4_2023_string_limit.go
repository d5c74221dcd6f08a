package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api4StringLimit = &rule{
	Meta: check.Meta{
		ID:        "owasp-api4-2023-string-limit",
		Summary:   "A string says how long it is at most, or what it may be.",
		Rationale: "What is not bounded can be made as large as an attacker likes, and takes memory and time of the server. Say the bound in the schema, and enforce it. Declare `maxLength`, `enum` or `const`.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API4:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api4:2023-string-limit"},
	},
	Check: checkAPI4StringLimit,
}

func checkAPI4StringLimit(_ context.Context, p *pass) error {
	schemas(p, "string", func(n *openapi.Node) {
		if !hasAny(n, "maxLength", "enum", "const") {
			p.Reportf(at(n), "the string has no maxLength, enum or const")
		}
	})
	return nil
}
