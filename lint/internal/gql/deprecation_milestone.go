package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var deprecationMilestone = &rule{
	Meta: check.Meta{
		ID:      "graphql-deprecation-milestone",
		Summary: "The reason of a deprecation must name the version in which it was deprecated.",
		Rationale: "How long a deprecated field stays is counted from the version that deprecated it. `Use features. " +
			"Deprecated in 15.1.` lets a client, and the one who removes the field, work that out. An experiment " +
			"names the version that introduced it: `**Status**: Experiment. Introduced in 15.1.`",
		Severity: check.Warning, Tags: []string{"graphql", "deprecation", "lifecycle", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkDeprecationMilestone,
}

func checkDeprecationMilestone(_ context.Context, p *pass) error {
	for e, d := range deprecated(p.Subject) {
		if !d.HasReason() || hasMilestone(d.Reason) {
			continue
		}
		what := "the reason of"
		if isExperiment(d.Reason) {
			what = "the status of"
		}
		reportf(p, deprecationLocation(e), "%s %s names no milestone: %q", what, called(e), excerpt(d.Reason))
	}
	return nil
}
