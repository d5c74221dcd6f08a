package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var parameterCasingUniform = &rule{
	Meta: check.Meta{
		ID:      "parameter-casing-uniform",
		Summary: "The names of parameters should be cased alike.",
		Rationale: "A query parameter that is misspelt is ignored without a word: `?perPage=100` among parameters like `per_page` returns the default page. " +
			"Parameters of the query and of paths are compared each among themselves; headers and cookies have casings of their own.",
		Severity: check.Warning, Tags: []string{"openapi", "parameters", "naming", "uniformity", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkParameterCasingUniform,
}

func checkParameterCasingUniform(_ context.Context, p *pass) error {
	for _, in := range [...]string{"query", "path"} {
		parts := openapi.Gather(p.Subject, p.Rule()+" "+in, openapi.Alone, func(part *openapi.Document) *casingHabit {
			habit := &casingHabit{}
			for _, param := range part.Nodes(openapi.ParameterRole) {
				if name := param.Get("name"); param.Get("in").Text() == in {
					habit.add(name.Text(), name)
				}
			}
			return habit
		})
		joined(parts).report(p, in+" parameter", (*openapi.Node).Location)
	}
	return nil
}
