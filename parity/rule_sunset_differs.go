package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var sunsetDiffers = &rule{
	Meta: check.Meta{
		ID:      "parity-sunset-differs",
		Summary: "Counterparts should be removed on the same day.",
		Rationale: "Both are deprecated, and each side names another day or version for the removal. Whoever reads one " +
			"description plans for the wrong one.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "graphql", "deprecation"}, Since: since,
	},
	Check: checkSunsetDiffers,
}

func checkSunsetDiffers(_ context.Context, p *pass) error {
	for t, d := range differs(p.Subject, SunsetAspect) {
		reportDifference(p, t, d, false, "%s ends with %s, but %s ends with %s", t.rest, d.REST, t.graphql, d.GraphQL)
	}
	for tr := range traits(p.Subject, LifecycleTopic) {
		if tr.Effect == "sunset" {
			reportTrait(p, tr, false, "%s ends with %s, but %s ends with %s", tr.rest, tr.REST, tr.graphql, tr.GraphQL)
		}
	}
	return nil
}
