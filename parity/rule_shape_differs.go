package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var shapeDiffers = &rule{
	Meta: check.Meta{
		ID:      "parity-shape-differs",
		Summary: "A property and its field should have the same shape.",
		Rationale: "One API has an object where the other has a scalar, one value where the other has many, a number where the " +
			"other has the list that it counts. Much of that is how a graph is meant to be; the list is for those who map one onto " +
			"the other.",
		Severity: check.Info, Tags: []string{"parity", "openapi", "graphql", "types"}, Since: since,
	},
	Check: checkShapeDiffers,
}

func checkShapeDiffers(_ context.Context, p *pass) error {
	for t, d := range merged(p.Subject, ShapeAspect) {
		reportDifference(p, t, d, false, "%s is %s, but %s is %s", t.rest, d.REST, t.graphql, d.GraphQL)
	}
	return nil
}
