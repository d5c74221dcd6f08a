package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var directivesAreCamelCased = &rule{
	Meta: check.Meta{
		ID:      "graphql-directives-are-camel-cased",
		Summary: "The names of directives must be in camelCase.",
		Rationale: "The directives of the specification are written so: `@include`, `@specifiedBy`. A directive of your own " +
			"that looks like them is easier to remember.",
		Severity: check.Info, Tags: []string{"graphql", "naming", "directives", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkDirectivesAreCamelCased,
}

func checkDirectivesAreCamelCased(_ context.Context, p *pass) error {
	for _, d := range p.Subject.Directives {
		if !isCamelCase(d.Name) && !isFederated(d.Name) {
			reportf(p, d.Location(), "the name of %s is not in camelCase", called(d))
		}
	}
	return nil
}
