package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var inputObjectValuesHaveDescriptions = &rule{
	Meta: check.Meta{
		ID:      "graphql-input-object-values-have-descriptions",
		Summary: "Every field of an input object must have a description.",
		Rationale: "What an input field does when it is left out, and what it may hold, cannot be read from its type. Say it " +
			"where the client is written.",
		Severity: check.Info, Tags: []string{"graphql", "descriptions", "inputs", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"input-object-values-have-descriptions"},
	},
	Check: checkInputObjectValuesHaveDescriptions,
}

func checkInputObjectValuesHaveDescriptions(_ context.Context, p *pass) error {
	for _, f := range p.Subject.InputFields {
		reportUndescribed(p, f)
	}
	return nil
}
