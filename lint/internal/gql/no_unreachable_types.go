package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var noUnreachableTypes = &rule{
	Meta: check.Meta{
		ID:      "graphql-no-unreachable-types",
		Summary: "Every type must be reachable from a root type.",
		Rationale: "No query can come to the type, so no client can use it. It is left over from something that was removed, " +
			"or what should lead to it was forgotten.",
		Severity: check.Warning, Tags: []string{"graphql", "types", "plumb:recommended"}, Since: "0.1.0",
		Aliases: []string{"no-unreachable-types"},
	},
	Check: checkNoUnreachableTypes,
}

func checkNoUnreachableTypes(_ context.Context, p *pass) error {
	if len(p.Subject.Roots()) == 0 {
		return nil // part of a schema
	}
	for _, t := range p.Subject.Types {
		if !t.Reachable() && !isFederated(t.Name) {
			reportf(p, t.Location(), "%s is not reachable from any root type", called(t))
		}
	}
	return nil
}
