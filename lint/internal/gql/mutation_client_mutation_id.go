package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var mutationClientMutationId = &rule{
	Meta: check.Meta{
		ID:      "graphql-mutation-client-mutation-id",
		Summary: "The input and the result of a mutation must have a clientMutationId.",
		Rationale: "A client that sends several mutations at once tells their results apart by it, and Relay needs it. It is " +
			"an optional `String` in the input, and comes back as it was sent.",
		Severity: check.Info, Tags: []string{"graphql", "mutations", "relay", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkMutationClientMutationId,
}

func checkMutationClientMutationId(_ context.Context, p *pass) error {
	const name = "clientMutationId"
	inputs := map[*graphql.Type]bool{}
	for _, f := range payloads(p.Subject) {
		if t := f.Type.Type(); t.Field(name) == nil {
			reportf(p, t.Location(), "%s, the result of mutation %q, has no field %q", called(t), f.Coordinate(), name)
		}
	}
	for _, f := range mutations(p.Subject) {
		a := f.Arg("input")
		if a == nil {
			continue
		}
		t := a.Type.Type()
		if t == nil || t.Kind != graphql.InputObject || inputs[t] {
			continue
		}
		inputs[t] = true
		if t.InputField(name) == nil {
			reportf(p, t.Location(), "%s, the input of mutation %q, has no field %q", called(t), f.Coordinate(), name)
		}
	}
	return nil
}
