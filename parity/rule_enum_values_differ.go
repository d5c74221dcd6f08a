package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var enumValuesDiffer = &rule{
	Meta: check.Meta{
		ID:      "parity-enum-values-differ",
		Summary: "Both APIs should have the same values for the same thing.",
		Rationale: "A value that one API has and the other does not cannot be asked for, or means a state of which the other side " +
			"does not speak. Casing does not count. Values that GraphQL would have to return and cannot are errors of " +
			"[parity-enum-value-missing-in-graphql](parity-enum-value-missing-in-graphql.md).",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "graphql", "enums"}, Since: since,
	},
	Check: checkEnumValuesDiffer,
}

func checkEnumValuesDiffer(_ context.Context, p *pass) error {
	for t, d := range differs(p.Subject, EnumAspect) {
		switch {
		case t.losesValues(d) || !t.wants.effect(d.Effect):
		case d.Effect == "missing-in-rest":
			reportDifference(p, t, d, true, "the enum of %s has %s, which %s does not have", t.graphql.name, quoted(d.Values, 5), t.rest.name)
		default:
			reportDifference(p, t, d, false, "%s has %s, which the enum of %s does not have", t.rest.name, quoted(d.Values, 5), t.graphql.name)
		}
	}
	return nil
}
