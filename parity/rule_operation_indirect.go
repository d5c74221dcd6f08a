package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var operationIndirect = &rule{
	Meta: check.Meta{
		ID:      "parity-operation-indirect",
		Summary: "An operation should be reached by a field of its own.",
		Rationale: "All that the operation offers can be had from GraphQL, though not by one field: as a part of another " +
			"operation, by a global ID where REST has a key that people know, or through a filter. That is often the better design " +
			"for a graph; the list helps those who move from one API to the other.",
		Severity: check.Info, Tags: []string{"parity", "openapi", "coverage"}, Since: since,
	},
	Check: func(_ context.Context, p *pass) error { return checkPartial(p, Folded, NodeID, ViaFilter) },
}

// reasonTexts say what a partial counterpart is like.
var reasonTexts = map[Reason]string{
	Folded:     "%s is a part of %s",
	NodeID:     "%s is reached by a global ID only, through %s",
	ViaFilter:  "%s is reached through a filter of %s only",
	Subset:     "%s offers more than its counterpart %s",
	Variant:    "%s has other semantics than its counterpart %s",
	ViaScan:    "%s is reached by looking through %s only",
	FanOut:     "%s takes one request for each parent of %s",
	ViaGeneric: "%s is reached through the general %s only",
	Narrower:   "%s has more scopes than its counterpart %s",
}

// checkPartial reports the partial counterparts with one of the reasons.
func checkPartial(p *pass, reasons ...Reason) error {
	for _, o := range p.Subject.Operations {
		if o.Status != StatusPartial || o.Need == Unneeded || len(o.GraphQL) == 0 {
			continue
		}
		for _, reason := range reasons {
			if o.Reason != reason {
				continue
			}
			first, second := restOperation(o), mentioned(p.Subject, o.GraphQL[0])
			report(p, first, second, check.Finding{
				Message: fmt.Sprintf(reasonTexts[reason], first, second),
				Properties: map[string]any{
					"operation": o.Operation, "coordinates": o.GraphQL, "reason": string(o.Reason),
					"confidence": round(o.Confidence), "weight": round(o.Weight),
				},
			})
		}
	}
	return nil
}
