package gql

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var mutationQueryField = &rule{
	Meta: check.Meta{
		ID:      "graphql-mutation-query-field",
		Summary: "The result of a mutation must have a field of the query type.",
		Rationale: "After a write a client refreshes what it shows. With the query type in the result it does so in the same " +
			"request.",
		Severity: check.Info, Tags: []string{"graphql", "mutations"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"require-field-of-type-query-in-mutation-result"},
	},
	Check: checkMutationQueryField,
}

func checkMutationQueryField(_ context.Context, p *pass) error {
	q := p.Subject.Query
	if q == nil {
		return nil
	}
	for _, f := range payloads(p.Subject) {
		t := f.Type.Type()
		if !slices.ContainsFunc(t.Fields, func(f *graphql.Field) bool { return f.Type.Type() == q }) {
			reportf(p, t.Location(), "%s, the result of mutation %q, has no field of type %q", called(t), f.Coordinate(), q.Name)
		}
	}
	return nil
}
