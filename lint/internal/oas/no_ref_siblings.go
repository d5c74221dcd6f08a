package oas

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var noRefSiblings = &rule{
	Meta: check.Meta{
		ID:      "no-$ref-siblings",
		Summary: "A reference must stand alone.",
		Rationale: "In OpenAPI 2.0 and 3.0 whatever stands beside a `$ref` is ignored: a description there is never shown, a " +
			"constraint never checked. Move it to the schema that the reference names, or put the reference into an " +
			"`allOf` beside which it may stand. From OpenAPI 3.1 a schema may hold both.",
		Fix:      "Removes what stands beside the reference, which is ignored.",
		Severity: check.Error, Tags: []string{"openapi", "oas2", "oas3", "references", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkNoRefSiblings,
}

func checkNoRefSiblings(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() > openapi.V30 {
		return nil
	}
	e := &edit.Editor{}
	raw(doc.Root(), func(n *openapi.Node) {
		if n.Len() < 2 || !n.Has("$ref") {
			return
		}
		for _, c := range n.Children() {
			if c.Key() != "$ref" {
				fix := edit.Fix(fmt.Sprintf("Remove %q, which is ignored", c.Key()), e.Remove(c))
				mend(p, c.KeyLocation(), fix, "%q stands beside $ref and is ignored", c.Key())
			}
		}
	})
	return nil
}
