package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var limitDiffers = &rule{
	Meta: check.Meta{
		ID:      "parity-limit-differs",
		Summary: "An input and a page should have the same limits in both APIs.",
		Rationale: "What one API takes the other refuses, or a page of the one is longer than a page of the other can be. " +
			"Clients that move run into the lower limit.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "graphql", "inputs"}, Since: since,
	},
	Check: checkLimitDiffers,
}

func checkLimitDiffers(_ context.Context, p *pass) error {
	for t, d := range differs(p.Subject, LimitAspect) {
		reportDifference(p, t, d, false, "%s has the limit %s, but %s has %s",
			t.rest, orNone(d.REST), t.graphql, orNone(d.GraphQL))
	}
	for tr := range traits(p.Subject, PagingTopic) {
		if tr.Effect == "limit" {
			reportTrait(p, tr, false, "a page of %s has at most %s, one of %s %s", tr.rest, tr.REST, tr.graphql, tr.GraphQL)
		}
	}
	return nil
}
