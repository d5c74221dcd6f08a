package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var enumValuesHaveDescriptions = &rule{
	Meta: check.Meta{
		ID:      "graphql-enum-values-have-descriptions",
		Summary: "Every enum value must have a description.",
		Rationale: "The values of an enum are what a client shows its users and decides by. What OPEN means as against " +
			"ACTIVE is known only to those who wrote it down.",
		Severity: check.Info, Tags: []string{"graphql", "descriptions", "enums", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"enum-values-have-descriptions"},
	},
	Check: checkEnumValuesHaveDescriptions,
}

func checkEnumValuesHaveDescriptions(_ context.Context, p *pass) error {
	for _, v := range p.Subject.EnumValues {
		reportUndescribed(p, v)
	}
	return nil
}
