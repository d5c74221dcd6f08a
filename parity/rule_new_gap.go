package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var newGap = &rule{
	Meta: check.Meta{
		ID:      "parity-new-gap",
		Summary: "What is new in one API must have a counterpart in the other.",
		Rationale: "Gaps that are known stand in parity.lock. An operation, a query or a mutation that is not in it and has no " +
			"counterpart opens a new one, and this is the moment at which closing it is cheapest. Add the counterpart, or exempt " +
			"the element in parity.yaml with a reason and an owner, or accept the gap by writing parity.lock anew.\n\n" +
			"The rule is silent without a parity.lock, for groups of which parity is asked by best effort only, and where the " +
			"matcher is not sure.",
		Severity: check.Error, Tags: []string{"parity", "openapi", "graphql", "coverage"}, Since: since,
	},
	Check: checkNewGap,
}

func checkNewGap(_ context.Context, p *pass) error {
	for _, o := range p.Subject.Operations {
		if o.isNewGap() {
			p.Report(check.Finding{
				Location: o.Location, Properties: gapProperties(o),
				Message: fmt.Sprintf("operation %q has no counterpart in GraphQL and is not a known gap", o.Operation),
			})
		}
	}
	for _, r := range p.Subject.Roots {
		if r.isNewGap() {
			p.Report(check.Finding{
				Location: r.Location, Properties: map[string]any{"group": r.Group, "confidence": round(r.Confidence)},
				Message: fmt.Sprintf("field %q has no counterpart in REST and is not a known gap", r.Coordinate),
			})
		}
	}
	return nil
}

// isNewGap reports whether the operation is an error: a gap that nobody
// knows of, of which the matcher is sure, and that the policy asks to close.
func (o *Operation) isNewGap() bool {
	return o.New && o.Status == StatusNone && o.Confidence >= autoFrom && o.required()
}

// isNewGap is as that of an operation.
func (r *Root) isNewGap() bool {
	return r.New && r.Status == StatusNone && r.Confidence >= autoFrom && r.required()
}

func (o *Operation) required() bool { return o.Need == Required || o.Need == "" }
func (r *Root) required() bool      { return r.Need == Required || r.Need == "" }
