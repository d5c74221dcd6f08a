package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var scalarDiffers = &rule{
	Meta: check.Meta{
		ID:      "parity-scalar-differs",
		Summary: "A property and its field should have the same scalar type.",
		Rationale: "The same value is a number in one API and text in the other, so that code, caches and databases that hold it " +
			"have to know where it came from. Agree on one type.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "graphql", "types"}, Since: since,
	},
	Check: checkScalarDiffers,
}

func checkScalarDiffers(_ context.Context, p *pass) error {
	for t, d := range differs(p.Subject, ScalarAspect) {
		reportDifference(p, t, d, false, "%s is %s, but %s is %s", t.rest, d.REST, t.graphql, d.GraphQL)
	}
	return nil
}
