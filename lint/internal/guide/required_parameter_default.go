package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var requiredParameterDefault = &rule{
	Meta: check.Meta{
		ID:      "required-parameter-default",
		Summary: "A required parameter must not have a default.",
		Rationale: "A default is what the server takes where the client sends nothing, which a required parameter rules out. One of the two is wrong, and clients cannot know which. " +
			"Parameters of paths are always required; a default there is reported too.",
		Severity: check.Warning, Tags: []string{"openapi", "parameters", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkRequiredParameterDefault,
}

func checkRequiredParameterDefault(_ context.Context, p *pass) error {
	d := p.Subject
	for _, param := range d.Nodes(openapi.ParameterRole) {
		if !param.Get("required").IsTrue() || param.Get("in").Text() == "body" {
			continue
		}
		value := param.Get("default")
		if value == nil {
			value = parameterSchema(d, param).Get("default")
		}
		if value == nil || value.Is(openapi.Null) || parameterSchema(d, param).Get("enum").Len() == 1 {
			continue
		}
		at := param.Get("name").Location()
		if value.Kind() == openapi.Array || value.Kind() == openapi.Object {
			p.Reportf(at, "%s parameter %q is required and has a default", param.Get("in").Text(), param.Get("name").Text())
		} else {
			p.Reportf(at, "%s parameter %q is required and has the default %q", param.Get("in").Text(), param.Get("name").Text(), value.Text())
		}
	}
	return nil
}
