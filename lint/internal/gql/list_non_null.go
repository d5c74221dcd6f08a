package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var listNonNull = &rule{
	Meta: check.Meta{
		ID:      "graphql-list-non-null",
		Summary: "A list must be non-null.",
		Rationale: "An empty list already says that there is nothing. Where null means the same, each client handles two " +
			"cases of which it knows the difference of neither.",
		Severity: check.Info, Tags: []string{"graphql", "nullability", "lists"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkListNonNull,
}

func checkListNonNull(_ context.Context, p *pass) error {
	for _, f := range p.Subject.Fields {
		if f.Type.IsList() && !f.Type.NonNull && !isRetired(f) {
			reportf(p, f.TypeLocation(), "%s is a nullable list: %q", called(f), f.Type)
		}
	}
	return nil
}
