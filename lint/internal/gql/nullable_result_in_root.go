package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var nullableResultInRoot = &rule{
	Meta: check.Meta{
		ID:      "graphql-nullable-result-in-root",
		Summary: "The fields of the query and the mutation type must be nullable.",
		Rationale: "An error in a non-null field takes its parent away. At the root the parent is the whole response: one " +
			"field that fails leaves the client without all the others. Lists may be non-null.",
		Severity: check.Info, Tags: []string{"graphql", "nullability"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"require-nullable-result-in-root"},
	},
	Check: checkNullableResultInRoot,
}

func checkNullableResultInRoot(_ context.Context, p *pass) error {
	for _, t := range []*graphql.Type{p.Subject.Query, p.Subject.Mutation} {
		if t == nil {
			continue
		}
		for _, f := range t.Fields {
			if f.Type.NonNull && !f.Type.IsList() {
				reportf(p, f.TypeLocation(), "root field %q has the non-null type %q", f.Coordinate(), f.Type)
			}
		}
	}
	return nil
}
