package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas3UnusedComponent = &rule{
	Meta: check.Meta{
		ID:      "oas3-unused-component",
		Summary: "Every component must be used.",
		Rationale: "A component that nothing refers to is left over from something, or was meant to be referred to where a " +
			"copy stands now. It is still shown, generated and maintained. Remove it, or refer to it; a schema that " +
			"clients use by name only may stay with the rule ignored there.",
		Fix:      "Removes the component; unsafe, for another document may refer to it.",
		Severity: check.Warning, Tags: []string{"openapi", "oas3", "references", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas3UnusedComponent,
}

func checkOas3UnusedComponent(_ context.Context, p *pass) error {
	doc := p.Subject
	components := doc.Root().Get("components")
	if doc.Version() == openapi.V20 || !components.Is(openapi.Object) {
		return nil
	}
	used := usedTargets(doc)
	for _, section := range []string{"schemas", "responses", "parameters", "examples", "requestBodies", "headers", "links", "callbacks"} {
		if c := components.Get(section); c.Is(openapi.Object) {
			reportUnused(p, c, used)
		}
	}
	return nil
}
