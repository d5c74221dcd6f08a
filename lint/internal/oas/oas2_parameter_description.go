package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas2ParameterDescription = &rule{
	Meta: check.Meta{
		ID:      "oas2-parameter-description",
		Summary: "Parameters must have a description.",
		Rationale: "The name of a parameter rarely says its unit, its default behaviour or its limits. The `description` of " +
			"the parameter is where a reader looks for them. One sentence is enough for most.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "parameters", "spectral:oas"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkOas2ParameterDescription,
}

func checkOas2ParameterDescription(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() != openapi.V20 {
		return nil
	}
	report := once{p: p}
	visit := func(n *openapi.Node) {
		if params := n.Get("parameters"); params != nil {
			reportUndescribed(doc, &report, resolved(doc, params))
		}
	}
	visit(doc.Root())
	everywhere(doc, visit)
	return nil
}
