package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var noScalarResultTypeOnMutation = &rule{
	Meta: check.Meta{
		ID:      "graphql-no-scalar-result-type-on-mutation",
		Summary: "A mutation must not return a scalar.",
		Rationale: "`Boolean` says that it worked, and there is no place left for what has changed, for what went wrong, or " +
			"for whatever the next version should tell. An object can grow without breaking a client.",
		Severity: check.Warning, Tags: []string{"graphql", "mutations", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"no-scalar-result-type-on-mutation"},
	},
	Check: checkNoScalarResultTypeOnMutation,
}

func checkNoScalarResultTypeOnMutation(_ context.Context, p *pass) error {
	for _, f := range mutations(p.Subject) {
		if t := f.Type.Type(); t != nil && t.Kind == graphql.Scalar && !isRetired(f) {
			reportf(p, f.TypeLocation(), "mutation %q returns the scalar %q", f.Coordinate(), f.Type)
		}
	}
	return nil
}
