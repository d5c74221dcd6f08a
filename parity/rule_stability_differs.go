package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var stabilityDiffers = &rule{
	Meta: check.Meta{
		ID:      "parity-stability-differs",
		Summary: "Counterparts should be equally stable.",
		Rationale: "One API offers as an experiment what the other promises to keep. That is how a new API begins, so it is a " +
			"list only; an experiment that has been on it for a year should be looked at.",
		Severity: check.Info, Tags: []string{"parity", "openapi", "graphql", "deprecation"}, Since: since,
	},
	Check: checkStabilityDiffers,
}

func checkStabilityDiffers(_ context.Context, p *pass) error {
	for t, d := range differs(p.Subject, StabilityAspect) {
		reportDifference(p, t, d, false, "%s is %s, but %s is %s", t.rest, d.REST, t.graphql, d.GraphQL)
	}
	for tr := range traits(p.Subject, LifecycleTopic) {
		if tr.Effect == "experimental-in-graphql" || tr.Effect == "experimental-in-rest" {
			reportTrait(p, tr, false, "%s is %s, but %s is %s", tr.rest, tr.REST, tr.graphql, tr.GraphQL)
		}
	}
	return nil
}
