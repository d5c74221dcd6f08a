package guide

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var mediaTypeSchema = &rule{
	Meta: check.Meta{
		ID:      "media-type-schema",
		Summary: "A JSON body must have a schema.",
		Rationale: "`application/json: {}` says that there is JSON and nothing about it: no types for clients, no validation, no mock. " +
			"Where the body is truly free, say so with a schema: `{type: object}`, or `{}` for any value.",
		Severity: check.Warning, Tags: []string{"openapi", "schemas", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkMediaTypeSchema,
}

func checkMediaTypeSchema(_ context.Context, p *pass) error {
	for _, m := range p.Subject.Nodes(openapi.MediaTypeRole) {
		if !strings.Contains(m.Key(), "/") || !isJSON(mediaTypeName(m.Key())) || m.Key() == "*/*" {
			continue
		}
		if !m.Has("schema") && !m.Has("itemSchema") && !m.Has("$ref") {
			p.Reportf(m.KeyLocation(), "%q has no schema", m.Key())
		}
	}
	return nil
}
