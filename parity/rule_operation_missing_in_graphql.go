package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var operationMissingInGraphQL = &rule{
	Meta: check.Meta{
		ID:      "parity-operation-missing-in-graphql",
		Summary: "Every REST operation should have a counterpart in GraphQL.",
		Rationale: "Whoever builds on GraphQL has to go back to REST for what is listed here. The list is what is known to be " +
			"missing, not a complaint: a gap that was opened since parity.lock was written is an error of " +
			"[parity-new-gap](parity-new-gap.md) instead. Where the operation need not have a counterpart, say so with a reason in " +
			"parity.yaml; where it has one that was not found, name it there.",
		Severity: check.Info, Tags: []string{"parity", "openapi", "coverage"}, Since: since,
	},
	Check: checkOperationMissingInGraphQL,
}

func checkOperationMissingInGraphQL(_ context.Context, p *pass) error {
	lost := lost(p.Subject)
	for _, o := range p.Subject.Operations {
		if o.Status != StatusNone || o.Need == Unneeded || o.isNewGap() || lost[o.Operation] {
			continue
		}
		p.Report(check.Finding{
			Location: o.Location, Message: fmt.Sprintf("operation %q has no counterpart in GraphQL", o.Operation),
			Properties: gapProperties(o),
		})
	}
	return nil
}

// gapProperties are the measured values of an operation without counterpart.
func gapProperties(o *Operation) map[string]any {
	return map[string]any{
		"operation": o.Operation, "tags": o.Tags, "weight": round(o.Weight), "confidence": round(o.Confidence),
		"candidates": candidates(o),
	}
}

// candidates are what was considered for an operation, the best first.
func candidates(o *Operation) []map[string]any {
	list := make([]map[string]any, 0, len(o.Candidates))
	for _, c := range o.Candidates {
		list = append(list, map[string]any{"coordinate": c.Coordinate, "confidence": round(c.Confidence)})
	}
	return list
}
