package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var scalarSpecifiedBy = &rule{
	Meta: check.Meta{
		ID:      "graphql-scalar-specified-by",
		Summary: "A custom scalar must say where its form is specified.",
		Rationale: "`scalar DateTime` tells nobody whether a zone is part of it. `@specifiedBy(url: \"…\")` points to the text " +
			"that does, and lets tools choose a parser.",
		Severity: check.Info, Tags: []string{"graphql", "scalars"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkScalarSpecifiedBy,
}

func checkScalarSpecifiedBy(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Scalars {
		if t.SpecifiedBy == "" && !isFederated(t.Name) {
			reportf(p, t.Location(), "%s has no @specifiedBy", called(t))
		}
	}
	return nil
}
