package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var deprecationReason = &rule{
	Meta: check.Meta{
		ID:      "graphql-deprecation-reason",
		Summary: "Every deprecation must have a reason.",
		Rationale: "A deprecation without a reason leaves its readers with work and no way to do it. Say what to use " +
			"instead, or why there is nothing to use; the default, \"No longer supported\", says neither.",
		Severity: check.Warning, Tags: []string{"graphql", "deprecation", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"deprecations-have-a-reason", "require-deprecation-reason"},
	},
	Check: checkDeprecationReason,
}

func checkDeprecationReason(_ context.Context, p *pass) error {
	for e, d := range deprecated(p.Subject) {
		if !d.HasReason() {
			reportf(p, deprecationLocation(e), "the deprecation of %s has no reason", called(e))
		}
	}
	return nil
}
