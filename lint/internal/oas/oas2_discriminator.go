package oas

import (
	"context"
	"fmt"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas2Discriminator = &rule{
	Meta: check.Meta{
		ID:      "oas2-discriminator",
		Summary: "The discriminator must be a property that is defined and required.",
		Rationale: "A client looks at the discriminator to learn which schema an object follows. Where the property is not " +
			"defined it has no type, and where it is not required it may be absent; the client then cannot tell. " +
			"Define the property in the same schema and list it in `required`.",
		Severity: check.Error, Tags: []string{"openapi", "oas2", "schemas", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas2Discriminator,
}

func checkOas2Discriminator(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() != openapi.V20 {
		return nil
	}
	report := once{p: p}
	for _, c := range member(doc, doc.Root(), "definitions").Children() {
		schema := resolved(doc, c)
		name, ok := member(doc, schema, "discriminator").Str()
		if !ok || name == "" {
			continue
		}
		if properties, at := field(doc, c, "properties"); !properties.Has(name) {
			report.Report(at, "properties", fmt.Sprintf("the discriminator %q is no property of the schema", name))
		}
		required, at := field(doc, c, "required")
		if !required.Is(openapi.Array) || !slices.ContainsFunc(required.Children(), func(r *openapi.Node) bool {
			s, ok := resolved(doc, r).Str()
			return ok && s == name
		}) {
			report.Report(at, "required", fmt.Sprintf("the discriminator %q is not required", name))
		}
	}
	return nil
}
