package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var mutationPayloadName = &rule{
	Meta: check.Meta{
		ID:      "graphql-mutation-payload-name",
		Summary: "The type that a mutation returns must be called after the mutation.",
		Rationale: "A type of its own for each result lets one mutation return more without the others, and its name can be " +
			"foretold: `issueCreate` returns `IssueCreatePayload`. A type that is shared between mutations, or is the " +
			"thing itself, can hold neither errors nor a second thing.",
		Severity: check.Info, Tags: []string{"graphql", "mutations", "naming", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkMutationPayloadName,
}

func checkMutationPayloadName(_ context.Context, p *pass) error {
	for _, f := range mutations(p.Subject) {
		t := f.Type.Type()
		if t == nil || t.Kind == graphql.Scalar || isRetired(f) {
			continue // scalars are for no-scalar-result-type-on-mutation
		}
		if want := upperFirst(f.Name) + "Payload"; f.Type.IsList() || !strings.EqualFold(t.Name, want) {
			reportf(p, f.TypeLocation(), "mutation %q returns %q, not %q", f.Coordinate(), f.Type, want)
		}
	}
	return nil
}
