package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var belowMinimum = &rule{
	Meta: check.Meta{
		ID:      "parity-below-minimum",
		Summary: "The breadth of parity must not be below the minimum.",
		Rationale: "`parity.min` in plumb.yaml, or `min` in parity.yaml, says which share of operations must have a counterpart, " +
			"partial ones weighed by their reasons and operations by their use. It is measured from REST to GraphQL, or the other " +
			"way where the direction is graphql-to-rest.",
		Severity: check.Error, Tags: []string{"parity", "openapi", "graphql", "coverage"}, Since: since,
	},
	Check: checkBelowMinimum,
}

func checkBelowMinimum(_ context.Context, p *pass) error {
	res := p.Subject
	share, from, to, at := res.Score.Operations, "REST", "GraphQL", res.REST.Root().Location()
	if !res.toGraphQL() {
		share, from, to, at = res.Score.GraphQLToREST.Weighted, "GraphQL", "REST", res.schemaLocation()
	}
	// Shares are compared as they are shown, so that 0.8 is not below 80 %.
	if round(share) >= round(res.Min) {
		return nil
	}
	p.Report(check.Finding{
		Location: at, Message: fmt.Sprintf("%s of what %s offers is in %s, less than the minimum of %s", percent(share), from, to, percent(res.Min)),
		Properties: map[string]any{"share": round(share), "min": round(res.Min)},
	})
	return nil
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", share*100) }

// schemaLocation returns where the GraphQL schema begins to speak.
func (r *Result) schemaLocation() check.Location {
	for _, t := range r.GraphQL.Roots() {
		at := t.Location()
		at.Element = ""
		return at
	}
	return check.Location{File: r.GraphQL.Sources()[0].Name(), Line: 1, Column: 1}
}
