package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var fieldMissingInREST = &rule{
	Meta: check.Meta{
		ID:      "parity-field-missing-in-rest",
		Summary: "Every field of a matched type should have a property in the schema.",
		Rationale: "The type and the schema are the same thing, and REST knows less of it. Fields that lead to other things, that " +
			"depend on who asks, and internal IDs are not counted. One that is missing since parity.lock was written is an error " +
			"of [parity-new-field-gap](parity-new-field-gap.md) instead.",
		Severity: check.Warning, Tags: []string{"parity", "graphql", "fields"}, Since: since,
	},
	Check: checkFieldMissingInREST,
}

func checkFieldMissingInREST(_ context.Context, p *pass) error {
	lost := lost(p.Subject)
	for t := range fieldCouples(p.Subject) {
		if t.kind == GraphQLOnly && t.field.Class == "" && t.wants.rest && !t.isNewGap() && !t.isLost(lost) {
			reportMissingField(p, t.graphql, t, "%s has no property in schema %q", t.field.Schema)
		}
	}
	return nil
}
