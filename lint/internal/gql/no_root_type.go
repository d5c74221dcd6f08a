package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var noRootType = &rule{
	Meta: check.Meta{
		ID:      "graphql-no-root-type",
		Summary: "The schema must have no mutation and no subscription type.",
		Rationale: "For an API that is meant for reading only: a mutation that slips in changes what the API is, and asks " +
			"for authorisation that nobody has thought of.",
		Severity: check.Info, Tags: []string{"graphql", "types"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"no-root-type"},
	},
	Check: checkNoRootType,
}

func checkNoRootType(_ context.Context, p *pass) error {
	for _, root := range []struct {
		t         *graphql.Type
		operation string
	}{{p.Subject.Mutation, "mutation"}, {p.Subject.Subscription, "subscription"}} {
		if root.t != nil {
			reportf(p, root.t.Location(), "%q is the %s type of the schema", root.t.Name, root.operation)
		}
	}
	return nil
}
