package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var parameterTypeUniform = &rule{
	Meta: check.Meta{
		ID:      "parameter-type-uniform",
		Summary: "Parameters of the same name and place should have the same type.",
		Rationale: "`per_page` is a number everywhere, `labels` a list everywhere or nowhere: a client that has learnt a parameter need not look it up again, and generated code can share one type. " +
			"Parameters of paths are compared after the same segment only. Identifiers have a rule of their own, `id-type-uniform`.",
		Severity: check.Warning, Tags: []string{"openapi", "parameters", "uniformity", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkParameterTypeUniform,
}

func checkParameterTypeUniform(_ context.Context, p *pass) error {
	habit := parameterTypes(p, func(in, name, before string) (key, shown string) {
		if !isIDName(name) && name != "" && is(in, "query", "header", "cookie", "path") {
			return in + " " + before + " " + name, name
		}
		return "", ""
	})
	habit.report(p, "parameter", (*openapi.Node).Location)
	return nil
}
