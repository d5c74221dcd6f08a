package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var nullableInGraphQLOnly = &rule{
	Meta: check.Meta{
		ID:      "parity-nullable-in-graphql-only",
		Summary: "A field should be non-null where REST always has its property.",
		Rationale: "REST promises a value and GraphQL does not, so clients of GraphQL write code for a case that never comes. " +
			"Nullable is the safe choice in GraphQL and a non-null field cannot be taken back, which is why this is only a list.",
		Severity: check.Info, Tags: []string{"parity", "openapi", "graphql", "nullability"}, Since: since,
	},
	Check: checkNullableInGraphQLOnly,
}

func checkNullableInGraphQLOnly(_ context.Context, p *pass) error {
	for t, d := range merged(p.Subject, NullabilityAspect) {
		if d.Effect == "rest-stricter" && t.input == nil {
			reportDifference(p, t, d, true, "%s may be null, but %s is %s", t.graphql, t.rest, d.REST)
		}
	}
	return nil
}
