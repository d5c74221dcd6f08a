package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var idSuffixType = &rule{
	Meta: check.Meta{
		ID:      "graphql-id-suffix-type",
		Summary: "What has a name that ends in Id must be of type ID.",
		Rationale: "`authorId: Int` is a key that caches do not know as one, and that clients may count with. " +
			"`clientMutationId`, which a client makes up, is a `String` by the Relay specification.",
		Severity: check.Info, Tags: []string{"graphql", "ids"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkIdSuffixType,
}

func checkIdSuffixType(_ context.Context, p *pass) error {
	eachValue(p.Subject, func(e value, r *graphql.TypeRef) {
		name := e.Base().Name
		if name == "clientMutationId" || isRetired(e) || isIDType(r) || r.Name == "Boolean" {
			return
		}
		switch lastWord(name) {
		case "Id", "ID":
			if !r.IsList() && len(name) > 2 {
				reportf(p, e.TypeLocation(), "%s is %q, not ID", called(e), r)
			}
		case "Ids", "IDs":
			if r.IsList() && len(name) > 3 {
				reportf(p, e.TypeLocation(), "%s is %q, not a list of ID", called(e), r)
			}
		}
	})
	return nil
}
