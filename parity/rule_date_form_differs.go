package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var dateFormDiffers = &rule{
	Meta: check.Meta{
		ID:      "parity-date-form-differs",
		Summary: "Dates and times should be written alike in both APIs.",
		Rationale: "A day in one API and a moment in the other, or seconds since 1970 and RFC 3339, are not the same value: " +
			"whoever joins the two has to know time zones and units that neither description tells. Agree on one form, " +
			"preferably RFC 3339.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "graphql", "types"}, Since: since,
	},
	Check: checkDateFormDiffers,
}

func checkDateFormDiffers(_ context.Context, p *pass) error {
	for t, d := range differs(p.Subject, DateAspect) {
		reportDifference(p, t, d, false, "%s is %s, but %s is %s", t.rest, d.REST, t.graphql, d.GraphQL)
	}
	return nil
}
