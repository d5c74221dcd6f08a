package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var deprecatedOnOneSide = &rule{
	Meta: check.Meta{
		ID:      "parity-deprecated-on-one-side",
		Summary: "What is deprecated in one API should be deprecated in the other.",
		Rationale: "One description warns its readers and the other lets them build on what will go. Deprecate the counterpart " +
			"too, or say in the deprecation why it stays.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "graphql", "deprecation"}, Since: since,
	},
	Check: checkDeprecatedOnOneSide,
}

func checkDeprecatedOnOneSide(_ context.Context, p *pass) error {
	for t, d := range differs(p.Subject, DeprecatedAspect) {
		if d.Effect == deprecatedInGraphQL {
			reportDifference(p, t, d, true, "%s is deprecated, but %s is not", t.graphql, t.rest)
		} else {
			reportDifference(p, t, d, false, "%s is deprecated, but %s is not", t.rest, t.graphql)
		}
	}
	for tr := range traits(p.Subject, LifecycleTopic) {
		if tr.Effect == deprecatedInREST {
			reportTrait(p, tr, false, "%s is deprecated, but %s is not", tr.rest, tr.graphql)
		}
	}
	return nil
}

// The effects of a deprecation on one side.
const (
	deprecatedInREST    = "deprecated-in-rest"
	deprecatedInGraphQL = "deprecated-in-graphql"
)
