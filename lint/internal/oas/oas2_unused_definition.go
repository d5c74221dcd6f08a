package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas2UnusedDefinition = &rule{
	Meta: check.Meta{
		ID:      "oas2-unused-definition",
		Summary: "Every definition must be used.",
		Rationale: "A definition that nothing refers to is left over from something, or was meant to be referred to where a " +
			"copy stands now. It is still shown, generated and maintained. Remove it, or refer to it; a schema that " +
			"clients use by name only may stay with the rule ignored there.",
		Fix:      "Removes the definition; unsafe, for another document may refer to it.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "references", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas2UnusedDefinition,
}

func checkOas2UnusedDefinition(_ context.Context, p *pass) error {
	doc := p.Subject
	definitions := doc.Root().Get("definitions")
	if doc.Version() != openapi.V20 || !definitions.Is(openapi.Object) {
		return nil
	}
	reportUnused(p, definitions, usedTargets(doc))
	return nil
}
