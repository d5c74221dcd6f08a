package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var operationIDCasingUniform = &rule{
	Meta: check.Meta{
		ID:      "operation-id-casing-uniform",
		Summary: "The operationIds should be cased alike.",
		Rationale: "Generators turn operationIds into the names of functions, so one that is cased differently stands out in every client. " +
			"The casing of nearly all of them is the habit; an operationId of several parts (`repos/list-branches`) has the casing that its parts share.",
		Severity: check.Info, Tags: []string{"openapi", "operation", "naming", "uniformity", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkOperationIDCasingUniform,
}

func checkOperationIDCasingUniform(_ context.Context, p *pass) error {
	parts := openapi.Gather(p.Subject, p.Rule(), openapi.ThroughReferences, func(part *openapi.Document) *casingHabit {
		habit := &casingHabit{}
		for _, op := range part.Operations() {
			if id, ok := op.Node.Get("operationId").Str(); ok {
				habit.addAs(partsCasing(id), id, op.Node.Get("operationId"))
			}
		}
		return habit
	})
	joined(parts).report(p, "operationId", (*openapi.Node).Location)
	return nil
}

// partsCasing returns the casings that all parts of a name fit, which is
// divided by slashes, dots or colons.
func partsCasing(name string) casing {
	common := ^casing(0)
	start := 0
	for i := 0; i <= len(name); i++ {
		if i == len(name) || name[i] == '/' || name[i] == '.' || name[i] == ':' {
			if common &= casingsOf(name[start:i]); common == 0 {
				return 0
			}
			start = i + 1
		}
	}
	return common
}
