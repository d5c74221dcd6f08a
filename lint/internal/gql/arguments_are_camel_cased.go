package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var argumentsAreCamelCased = &rule{
	Meta: check.Meta{
		ID:      "graphql-arguments-are-camel-cased",
		Summary: "The names of arguments must be in camelCase.",
		Rationale: "Arguments become parameters and variables in every client. Two forms side by side make each of them a " +
			"guess. Deprecated arguments are left alone.",
		Severity: check.Warning, Tags: []string{"graphql", "naming", "arguments", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkArgumentsAreCamelCased,
}

func checkArgumentsAreCamelCased(_ context.Context, p *pass) error {
	for _, a := range p.Subject.Arguments {
		if !isCamelCase(a.Name) && !isRetired(a) {
			reportf(p, a.Location(), "the name of %s is not in camelCase", called(a))
		}
	}
	return nil
}
