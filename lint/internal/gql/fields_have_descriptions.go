package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var fieldsHaveDescriptions = &rule{
	Meta: check.Meta{
		ID:      "graphql-fields-have-descriptions",
		Summary: "Every field must have a description.",
		Rationale: "A name says what a field is called, not what it holds: its unit, when it is null, who may see it. " +
			"Editors show the description while a query is written, and nowhere else will a reader look first.",
		Severity: check.Warning, Tags: []string{"graphql", "descriptions", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"fields-have-descriptions"},
	},
	Check: checkFieldsHaveDescriptions,
}

func checkFieldsHaveDescriptions(_ context.Context, p *pass) error {
	for _, f := range p.Subject.Fields {
		reportUndescribed(p, f)
	}
	return nil
}
