package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api4StringRestricted = &rule{
	Meta: check.Meta{
		ID:        "owasp-api4-2023-string-restricted",
		Summary:   "A string says what form it has.",
		Rationale: "A string of any form carries anything: scripts, queries, paths. Declare `format`, `pattern`, `enum` or `const`.",
		Severity:  check.Warning, Tags: []string{"openapi", "security", Tag, "API4:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api4:2023-string-restricted"},
	},
	Check: checkAPI4StringRestricted,
}

func checkAPI4StringRestricted(_ context.Context, p *pass) error {
	schemas(p, "string", func(n *openapi.Node) {
		if !hasAny(n, "format", "pattern", "enum", "const") {
			p.Reportf(at(n), "the string has no format, pattern, enum or const")
		}
	})
	return nil
}
