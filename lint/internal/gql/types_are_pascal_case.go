package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var typesArePascalCase = &rule{
	Meta: check.Meta{
		ID:      "graphql-types-are-pascal-case",
		Summary: "The names of types must be in PascalCase.",
		Rationale: "Generated code makes a class of every type, and clients write the names in fragments. A single form " +
			"means that nobody has to look up how a name is written. Names that Apollo Federation prescribes are left " +
			"alone.",
		Severity: check.Warning, Tags: []string{"graphql", "naming", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"types-are-capitalized", "naming-convention"},
	},
	Check: checkTypesArePascalCase,
}

func checkTypesArePascalCase(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Types {
		if !isPascalCase(t.Name) && !isFederated(t.Name) {
			reportf(p, t.Location(), "the name of %s is not in PascalCase", called(t))
		}
	}
	return nil
}
