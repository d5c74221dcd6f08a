package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var mutationInputType = &rule{
	Meta: check.Meta{
		ID:      "graphql-mutation-input-type",
		Summary: "The input of a mutation must be a required input object that is called after the mutation.",
		Rationale: "`createIssue(input: CreateIssueInput!)`: the type can be foretold, belongs to this mutation only, and " +
			"grows with it. A client that leaves the input out is told before the server does anything.",
		Severity: check.Info, Tags: []string{"graphql", "mutations", "inputs", "naming", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkMutationInputType,
}

func checkMutationInputType(_ context.Context, p *pass) error {
	for _, f := range mutations(p.Subject) {
		a := f.Arg("input")
		if a == nil || isRetired(f) {
			continue
		}
		if want := upperFirst(f.Name) + "Input!"; !strings.EqualFold(a.Type.String(), want) {
			reportf(p, a.TypeLocation(), "the input of mutation %q is %q, not %q", f.Coordinate(), a.Type, want)
		}
	}
	return nil
}
