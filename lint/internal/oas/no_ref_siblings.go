package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var noRefSiblings = &rule{
	Meta: check.Meta{
		ID:      "no-$ref-siblings",
		Summary: "A reference must stand alone.",
		Rationale: "In OpenAPI 2.0 and 3.0 whatever stands beside a `$ref` is ignored: a description there is never shown, a " +
			"constraint never checked. Move it to the schema that the reference names, or put the reference into an " +
			"`allOf` beside which it may stand. From OpenAPI 3.1 a schema may hold both.",
		Severity: check.Error, Tags: []string{"openapi", "oas2", "oas3", "references", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkNoRefSiblings,
}

func checkNoRefSiblings(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() > openapi.V30 {
		return nil
	}
	raw(doc.Root(), func(n *openapi.Node) {
		if n.Len() < 2 || !n.Has("$ref") {
			return
		}
		for _, c := range n.Children() {
			if c.Key() != "$ref" {
				p.Reportf(c.KeyLocation(), "%q stands beside $ref and is ignored", c.Key())
			}
		}
	})
	return nil
}
