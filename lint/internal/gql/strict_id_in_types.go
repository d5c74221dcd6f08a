package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var strictIdInTypes = &rule{
	Meta: check.Meta{
		ID:      "graphql-strict-id-in-types",
		Summary: "Every object type must have one non-null id.",
		Rationale: "Normalising caches keep one copy of each thing, and know it by its type and `id: ID!`. A thing without " +
			"one is stored inside of everything that shows it, and its copies drift apart. Roots, pages, edges and " +
			"the results of mutations are left alone.",
		Severity: check.Info, Tags: []string{"graphql", "ids"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"strict-id-in-types"},
	},
	Check: checkStrictIdInTypes,
}

func checkStrictIdInTypes(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Objects {
		if !isRecord(t) {
			continue
		}
		if f := t.Field("id"); f == nil {
			reportf(p, t.Location(), "%s has no field %q", called(t), "id")
		} else if !f.Type.NonNull || f.Type.IsList() || !isIDType(f.Type) {
			reportf(p, f.TypeLocation(), "%q is %q, not ID!", f.Coordinate(), f.Type)
		}
	}
	return nil
}
