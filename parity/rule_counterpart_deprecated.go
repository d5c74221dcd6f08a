package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var counterpartDeprecated = &rule{
	Meta: check.Meta{
		ID:      "parity-counterpart-deprecated",
		Summary: "An operation should have a counterpart that stays.",
		Rationale: "The only counterpart of the operation is deprecated, while the operation is not: when it goes, this becomes " +
			"a gap. Name what takes its place in the schema, or deprecate the operation as well.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "graphql", "deprecation"}, Since: since,
	},
	Check: checkCounterpartDeprecated,
}

func checkCounterpartDeprecated(_ context.Context, p *pass) error {
	for tr := range traits(p.Subject, LifecycleTopic) {
		if tr.Effect == deprecatedInGraphQL {
			reportTrait(p, tr, false, "%s has a deprecated counterpart, %s", tr.rest, tr.graphql)
		}
	}
	return nil
}
