package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var maxArguments = &rule{
	Meta: check.Meta{
		ID:      "graphql-max-arguments",
		Summary: "A field must not have more than ten arguments.",
		Rationale: "Nobody keeps more than a few arguments in mind, and most of them do not go together. Put those that do " +
			"into an input object.",
		Severity: check.Info, Tags: []string{"graphql", "arguments"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkMaxArguments,
}

func checkMaxArguments(_ context.Context, p *pass) error {
	for _, f := range p.Subject.Fields {
		if n := len(f.Args); n > manyArguments {
			reportf(p, f.Location(), "%s has %d arguments", called(f), n)
		}
	}
	return nil
}

// manyArguments is how many arguments a field may have.
const manyArguments = 10
