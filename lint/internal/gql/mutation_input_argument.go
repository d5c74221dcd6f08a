package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var mutationInputArgument = &rule{
	Meta: check.Meta{
		ID:      "graphql-mutation-input-argument",
		Summary: "A mutation must take one argument, called input.",
		Rationale: "Everything that a mutation needs is then one variable of one type: clients pass an object through, and a " +
			"new input changes no signature. Mutations without arguments are left alone.",
		Severity: check.Info, Tags: []string{"graphql", "mutations", "arguments", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"input-name"},
	},
	Check: checkMutationInputArgument,
}

func checkMutationInputArgument(_ context.Context, p *pass) error {
	for _, f := range mutations(p.Subject) {
		for _, a := range f.Args {
			if a.Name != "input" && !isRetired(f) {
				reportf(p, a.Location(), "argument %q of mutation %q is not called %q", a.Name, f.Coordinate(), "input")
			}
		}
	}
	return nil
}
