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
	d := p.Subject
	var habit typeHabit
	for c := range declaredProperties(d) {
		if t := typesOf(d, c); t&(arrayType|objectType) == 0 && !isBareID(c.Key()) {
			habit.add(c.Key(), c.Key(), c, t)
		}
	}
	habit.report(p, "property", (*openapi.Node).KeyLocation)
	return nil
}
