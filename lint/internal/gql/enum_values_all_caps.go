package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var enumValuesAllCaps = &rule{
	Meta: check.Meta{
		ID:      "graphql-enum-values-all-caps",
		Summary: "The names of enum values must be in UPPER_CASE.",
		Rationale: "In a query an enum value stands bare, without quotes. Capitals tell it from a field or a type, and are " +
			"what the specification recommends. Deprecated values are left alone.",
		Severity: check.Warning, Tags: []string{"graphql", "naming", "enums", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"enum-values-all-caps"},
	},
	Check: checkEnumValuesAllCaps,
}

func checkEnumValuesAllCaps(_ context.Context, p *pass) error {
	for _, v := range p.Subject.EnumValues {
		if !isUpperCase(v.Name) && !isFederated(v.Parent().Name) && !isRetired(v) {
			reportf(p, v.Location(), "the name of %s is not in UPPER_CASE", called(v))
		}
	}
	return nil
}
