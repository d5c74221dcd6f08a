package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var deprecationReplacementDeprecated = &rule{
	Meta: check.Meta{
		ID:        "graphql-deprecation-replacement-deprecated",
		Summary:   "What the reason of a deprecation says to use must not be deprecated itself.",
		Rationale: "A client that follows the advice has to move again. Name what will stay.",
		Severity:  check.Warning, Tags: []string{"graphql", "deprecation", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkDeprecationReplacementDeprecated,
}

func checkDeprecationReplacementDeprecated(_ context.Context, p *pass) error {
	for e, d := range deprecated(p.Subject) {
		if isExperiment(d.Reason) {
			continue
		}
		for _, name := range replacements(d.Reason) {
			r := replacement(p.Subject, e, name)
			if r == nil || r.Coordinate() == e.Coordinate() || !isRetired(r) {
				continue
			}
			reportRelatedf(p, deprecationLocation(e), name, check.Related{Message: "the replacement", Location: r.Location()},
				"the reason of %s names %q, which is deprecated too", called(e), name)
		}
	}
	return nil
}
