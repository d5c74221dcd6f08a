package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var propertyTypeUniform = &rule{
	Meta: check.Meta{
		ID:      "property-type-uniform",
		Summary: "Properties of the same name should have the same type in all schemas.",
		Rationale: "A reader who knows `milestone` from one object expects it in the next. Where most schemas have an integer and a few a string, the few are usually a mistake, and always a surprise. " +
			"Arrays and objects are not compared, nor is a bare `id`. Common words mean different things in different objects, so this rule must be asked for.",
		Severity: check.Info, Tags: []string{"openapi", "schemas", "uniformity"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkPropertyTypeUniform,
}

func checkPropertyTypeUniform(_ context.Context, p *pass) error {
	parts := openapi.Gather(p.Subject, p.Rule(), openapi.ThroughReferences, func(part *openapi.Document) []typedPlace {
		var all []typedPlace
		for c := range declaredProperties(part) {
			if t := typesOf(part, c); t != 0 && t&(arrayType|objectType) == 0 && !isBareID(c.Key()) {
				all = append(all, typedPlace{c.Key(), c, t})
			}
		}
		return all
	})
	var habit typeHabit
	for _, places := range parts {
		for _, c := range places {
			habit.add(c.name, c.name, c.at, c.types)
		}
	}
	habit.report(p, "property", (*openapi.Node).KeyLocation)
	return nil
}
