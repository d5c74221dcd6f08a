package gql

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var definedTypesAreUsed = &rule{
	Meta: check.Meta{
		ID:      "graphql-defined-types-are-used",
		Summary: "Every type must be used.",
		Rationale: "A type that nothing names is dead weight. Types that are named only by others which no query reaches are " +
			"for `graphql-no-unreachable-types`.",
		Severity: check.Info, Tags: []string{"graphql", "types"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"defined-types-are-used"},
	},
	Check: checkDefinedTypesAreUsed,
}

func checkDefinedTypesAreUsed(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Types {
		if t.IsRoot() || isFederated(t.Name) || len(t.UsedBy()) > 0 {
			continue
		}
		if !implementsUsed(t) {
			reportf(p, t.Location(), "%s is not used", called(t))
		}
	}
	return nil
}

// implementsUsed reports whether a type can come back where one of its
// interfaces is asked for.
func implementsUsed(t *graphql.Type) bool {
	return slices.ContainsFunc(t.Interfaces, func(r *graphql.Reference) bool {
		return r.Type() != nil && len(r.Type().UsedBy()) > 0
	})
}
