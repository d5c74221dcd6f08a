package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api3NoUnevaluatedProperties = &rule{
	Meta: check.Meta{
		ID:        "owasp-api3-2023-no-unevaluated-properties",
		Summary:   "An object lets in no members that are not described (`unevaluatedProperties`).",
		Rationale: "What an object lets in beside its properties reaches the code behind it unseen, and may set what clients are not to set. Close the object with `unevaluatedProperties: false`, or bound it with `maxProperties`.",
		Severity:  check.Warning, Tags: []string{"openapi", "security", Tag, "API3:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api3:2023-no-unevaluatedProperties"},
	},
	Check: checkAPI3NoUnevaluatedProperties,
}

func checkAPI3NoUnevaluatedProperties(_ context.Context, p *pass) error {
	if v := p.Subject.Version(); v < openapi.V31 {
		return nil
	}
	schemas(p, "object", func(n *openapi.Node) {
		if more := n.Get("unevaluatedProperties"); more.IsTrue() || more.Is(openapi.Object) {
			p.Reportf(at(more), "unevaluatedProperties lets in more than the properties")
		}
	})
	return nil
}
