package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var operationMissingInREST = &rule{
	Meta: check.Meta{
		ID:      "parity-operation-missing-in-rest",
		Summary: "Every query and mutation should have a counterpart in REST.",
		Rationale: "Whoever builds on REST has to go to GraphQL for what is listed here. The list is what is known to be missing: " +
			"a gap that was opened since parity.lock was written is an error of [parity-new-gap](parity-new-gap.md) instead. Where " +
			"REST is not to follow GraphQL, set the direction to rest-to-graphql, for the product or for a group; where one field " +
			"need not have a counterpart, say so with a reason in parity.yaml.",
		Severity: check.Info, Tags: []string{"parity", "graphql", "coverage"}, Since: since,
	},
	Check: checkOperationMissingInREST,
}

func checkOperationMissingInREST(_ context.Context, p *pass) error {
	lost := lost(p.Subject)
	for _, r := range p.Subject.Roots {
		if r.Status != StatusNone || r.Need == Unneeded || r.isNewGap() || lost[r.Coordinate] {
			continue
		}
		p.Report(check.Finding{
			Location: r.Location, Message: fmt.Sprintf("field %q has no counterpart in REST", r.Coordinate),
			Properties: map[string]any{"group": r.Group, "confidence": round(r.Confidence)},
		})
	}
	return nil
}
