package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var unionMembers = &rule{
	Meta: check.Meta{
		ID:      "graphql-union-members",
		Summary: "A union must have more than one member.",
		Rationale: "A union of one type is that type, with a fragment around every selection. Keep it where others will " +
			"follow.",
		Severity: check.Info, Tags: []string{"graphql", "unions", "types"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkUnionMembers,
}

func checkUnionMembers(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Unions {
		if len(t.Members) == 1 && !isFederated(t.Name) {
			reportf(p, t.Location(), "%s has the one member %q", called(t), t.Members[0].Name)
		}
	}
	return nil
}
