package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var inputObjectValuesAreCamelCased = &rule{
	Meta: check.Meta{
		ID:      "graphql-input-object-values-are-camel-cased",
		Summary: "The names of input fields must be in camelCase.",
		Rationale: "Input fields stand beside the fields of the type that they fill, and should be called alike. Deprecated " +
			"ones are left alone.",
		Severity: check.Warning, Tags: []string{"graphql", "naming", "inputs", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"input-object-values-are-camel-cased"},
	},
	Check: checkInputObjectValuesAreCamelCased,
}

func checkInputObjectValuesAreCamelCased(_ context.Context, p *pass) error {
	for _, f := range p.Subject.InputFields {
		if !isCamelCase(f.Name) && !isRetired(f) {
			reportf(p, f.Location(), "the name of %s is not in camelCase", called(f))
		}
	}
	return nil
}
