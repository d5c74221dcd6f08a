package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api3ConstrainedAdditionalProperties = &rule{
	Meta: check.Meta{
		ID:        "owasp-api3-2023-constrained-additional-properties",
		Summary:   "An object that lets in other members says how many (`additionalProperties`).",
		Rationale: "What an object lets in beside its properties reaches the code behind it unseen, and may set what clients are not to set. Close the object with `additionalProperties: false`, or bound it with `maxProperties`.",
		Severity:  check.Warning, Tags: []string{"openapi", "security", Tag, "API3:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api3:2023-constrained-additionalProperties"},
	},
	Check: checkAPI3ConstrainedAdditionalProperties,
}

func checkAPI3ConstrainedAdditionalProperties(_ context.Context, p *pass) error {
	if v := p.Subject.Version(); v != openapi.V30 {
		return nil
	}
	schemas(p, "object", func(n *openapi.Node) {
		if more := n.Get("additionalProperties"); more.Is(openapi.Object) && !n.Has("maxProperties") {
			p.Reportf(at(n), "additionalProperties is without maxProperties")
		}
	})
	return nil
}
