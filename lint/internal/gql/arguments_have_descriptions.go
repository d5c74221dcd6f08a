package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var argumentsHaveDescriptions = &rule{
	Meta: check.Meta{
		ID:      "graphql-arguments-have-descriptions",
		Summary: "Every argument must have a description.",
		Rationale: "An argument decides what comes back: what it matches, what is the default, what is too much. A reader " +
			"cannot try all values to find out.",
		Severity: check.Info, Tags: []string{"graphql", "descriptions", "arguments", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"arguments-have-descriptions"},
	},
	Check: checkArgumentsHaveDescriptions,
}

func checkArgumentsHaveDescriptions(_ context.Context, p *pass) error {
	for _, a := range p.Subject.Arguments {
		reportUndescribed(p, a)
	}
	return nil
}
