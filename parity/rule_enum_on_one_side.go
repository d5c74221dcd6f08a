package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var enumOnOneSide = &rule{
	Meta: check.Meta{
		ID:      "parity-enum-on-one-side",
		Summary: "What is an enum in one API should be one in the other.",
		Rationale: "One description lists the values and the other says only that there is text. The list is worth having on " +
			"both sides: clients are generated from it, and it can then be compared.",
		Severity: check.Info, Tags: []string{"parity", "openapi", "graphql", "enums"}, Since: since,
	},
	Check: checkEnumOnOneSide,
}

func checkEnumOnOneSide(_ context.Context, p *pass) error {
	for t, d := range merged(p.Subject, StringEnumAspect) {
		reportDifference(p, t, d, false, "%s is %s, but %s is %s", t.rest, d.REST, t.graphql, d.GraphQL)
	}
	return nil
}
