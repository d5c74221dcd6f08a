package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var newFieldGap = &rule{
	Meta: check.Meta{
		ID:      "parity-new-field-gap",
		Summary: "What is new in a schema or its type must be in the other too.",
		Rationale: "The fields that one side lacks stand in parity.lock. One that does not was added to one API and forgotten in " +
			"the other, or removed from it. Add it, or exempt it in parity.yaml with a reason and an owner, or accept the gap by " +
			"writing parity.lock anew.\n\nThe rule is silent without a parity.lock, for pairs that the lock does not have, and where " +
			"the matcher is not sure.",
		Severity: check.Error, Tags: []string{"parity", "openapi", "graphql", "fields"}, Since: since,
	},
	Check: checkNewFieldGap,
}

func checkNewFieldGap(_ context.Context, p *pass) error {
	once := missingOnce(p.Subject)
	lost := lost(p.Subject)
	for t := range fieldCouples(p.Subject) {
		switch {
		case !t.isNewGap(), t.isLost(lost):
		case once[t.field] && t.wants.graphql:
			reportMissingField(p, t.rest, t, "%s has no field in type %q and is not a known gap", t.field.Type)
		case t.kind == GraphQLOnly && t.field.Class == "" && t.wants.rest:
			reportMissingField(p, t.graphql, t, "%s has no property in schema %q and is not a known gap", t.field.Schema)
		}
	}
	return nil
}

// isLost reports whether a field that one side lacks is reported as a loss.
func (t *couple) isLost(lost map[string]bool) bool {
	return t.kind == RESTOnly && lost[t.field.REST] || t.kind == GraphQLOnly && lost[t.field.GraphQL]
}

// isNewGap reports whether a field that one side lacks is an error.
func (t *couple) isNewGap() bool {
	return t.field.New && t.confidence >= autoFrom && !t.bestEffort
}
