package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var fieldsAreCamelCased = &rule{
	Meta: check.Meta{
		ID:      "graphql-fields-are-camel-cased",
		Summary: "The names of fields must be in camelCase.",
		Rationale: "Fields become properties in JSON and in generated code, where this is the form that nearly every GraphQL " +
			"API has. Deprecated fields are left alone: they are going away, whatever they are called.",
		Severity: check.Warning, Tags: []string{"graphql", "naming", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"fields-are-camel-cased"},
	},
	Check: checkFieldsAreCamelCased,
}

func checkFieldsAreCamelCased(_ context.Context, p *pass) error {
	for _, f := range p.Subject.Fields {
		if isCamelCase(f.Name) || isFederated(f.Name) || f.Name == "_" || isRetired(f) {
			continue
		}
		reportf(p, f.Location(), "the name of %s is not in camelCase", called(f))
	}
	return nil
}
