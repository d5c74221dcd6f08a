package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var nullableInRESTOnly = &rule{
	Meta: check.Meta{
		ID:      "parity-nullable-in-rest-only",
		Summary: "A field must not be non-null where REST may leave its property out.",
		Rationale: "GraphQL promises a value that the product does not always have. Where it is missing the server cannot keep " +
			"the promise: the error takes the whole object with it, up to the next field that may be null. Make the field " +
			"nullable, or require the property in REST if there always is a value.",
		Severity: check.Error, Tags: []string{"parity", "openapi", "graphql", "nullability"}, Since: since,
	},
	Check: checkNullableInRESTOnly,
}

func checkNullableInRESTOnly(_ context.Context, p *pass) error {
	for t, d := range differs(p.Subject, NullabilityAspect) {
		if d.Effect == "graphql-stricter" && t.input == nil && t.confidence >= autoFrom {
			reportDifference(p, t, d, true, "%s is non-null, but %s is %s", t.graphql, t.rest, d.REST)
		}
	}
	return nil
}
