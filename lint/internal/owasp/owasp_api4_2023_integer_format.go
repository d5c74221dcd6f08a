package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api4IntegerFormat = &rule{
	Meta: check.Meta{
		ID:        "owasp-api4-2023-integer-format",
		Summary:   "An integer says how wide it is.",
		Rationale: "What is not bounded can be made as large as an attacker likes, and takes memory and time of the server. Say the bound in the schema, and enforce it. Declare `format: int32` or `int64`.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API4:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api4:2023-integer-format"},
	},
	Check: checkAPI4IntegerFormat,
}

func checkAPI4IntegerFormat(_ context.Context, p *pass) error {
	schemas(p, "integer", func(n *openapi.Node) {
		if !n.Has("format") {
			p.Reportf(at(n), "the integer has no format")
		}
	})
	return nil
}
