package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var inputRequiredOnOneSide = &rule{
	Meta: check.Meta{
		ID:      "parity-input-required-on-one-side",
		Summary: "An input should be required in both APIs or in neither.",
		Rationale: "A request that one API takes is refused by the other. Either the stricter description is wrong, or the other " +
			"one leaves out that a value is filled in.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "graphql", "inputs"}, Since: since,
	},
	Check: checkInputRequiredOnOneSide,
}

func checkInputRequiredOnOneSide(_ context.Context, p *pass) error {
	for t, d := range differs(p.Subject, RequiredAspect) {
		switch {
		case t.input == nil:
		case t.kind == RESTOnly && t.input.Role == KeyInput:
			// REST names in the path what GraphQL may reach through a field.
		case t.kind == GraphQLOnly && !t.wants.rest, t.kind == RESTOnly && !t.wants.graphql:
		case t.kind == GraphQLOnly:
			t.key += " " + t.lacking()
			reportDifference(p, t, d, true, "%s is required in GraphQL, but operation %q has no such input", t.graphql, t.input.Operation)
		case t.kind == RESTOnly:
			t.key += " " + t.lacking()
			reportDifference(p, t, d, false, "%s is required in REST, but %q has no such input", t.rest, t.input.Coordinate)
		case d.Effect == "graphql-stricter":
			reportDifference(p, t, d, true, "%s is required in GraphQL, but %s is optional in REST", t.graphql, t.rest)
		default:
			reportDifference(p, t, d, false, "%s is required in REST, but %s is optional in GraphQL", t.rest, t.graphql)
		}
	}
	return nil
}
