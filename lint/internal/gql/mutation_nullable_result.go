package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var mutationNullableResult = &rule{
	Meta: check.Meta{
		ID:      "graphql-mutation-nullable-result",
		Summary: "A mutation and the fields of its result must be nullable.",
		Rationale: "When one mutation of several fails, or the thing that it should return cannot be read, a non-null type " +
			"takes everything around it away: the client loses the errors, and what the other mutations did. Lists of " +
			"errors, scalars and lists of what is always there may be non-null.",
		Severity: check.Info, Tags: []string{"graphql", "mutations", "nullability", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkMutationNullableResult,
}

func checkMutationNullableResult(_ context.Context, p *pass) error {
	for _, f := range mutations(p.Subject) {
		if f.Type.NonNull && !isRetired(f) {
			reportf(p, f.TypeLocation(), "mutation %q returns the non-null type %q", f.Coordinate(), f.Type)
		}
	}
	for _, m := range payloads(p.Subject) {
		for _, f := range m.Type.Type().Fields {
			if t := f.Type.Type(); t != nil && t.IsComposite() && f.Type.NonNull && !f.Type.IsList() && !isRetired(f) {
				reportf(p, f.TypeLocation(), "%q, in the result of mutation %q, has the non-null type %q", f.Coordinate(), m.Coordinate(), f.Type)
			}
		}
	}
	return nil
}
