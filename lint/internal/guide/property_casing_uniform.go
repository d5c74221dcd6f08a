package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var propertyCasingUniform = &rule{
	Meta: check.Meta{
		ID:      "property-casing-uniform",
		Summary: "Property names should be cased alike in all schemas.",
		Rationale: "`created_at` here and `createdAt` there cannot be guessed, and a generator that maps names to a language makes two of one. " +
			"The casing of nearly all names of several words is the habit of the API; a name that does not fit it is reported where it is defined.",
		Severity: check.Warning, Tags: []string{"openapi", "schemas", "naming", "uniformity", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkPropertyCasingUniform,
}

func checkPropertyCasingUniform(_ context.Context, p *pass) error {
	parts := openapi.Gather(p.Subject, p.Rule(), openapi.Alone, func(part *openapi.Document) *casingHabit {
		habit := &casingHabit{}
		for c := range declaredProperties(part) {
			habit.add(c.Key(), c)
		}
		return habit
	})
	joined(parts).report(p, "property", (*openapi.Node).KeyLocation)
	return nil
}
