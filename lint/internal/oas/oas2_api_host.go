package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/openapi"
)

var oas2ApiHost = &rule{
	Meta: check.Meta{
		ID:      "oas2-api-host",
		Summary: "The document must name its host.",
		Rationale: "Without `host` an OpenAPI 2.0 description applies to wherever the file was fetched from, which is rarely " +
			"where the API is. Give `host` the name, and the port where it is not the usual one.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "servers", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas2ApiHost,
}

func checkOas2ApiHost(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() != openapi.V20 {
		return nil
	}
	if v, at := field(doc, doc.Root(), "host"); !ecma.Truthy(v) {
		reportEmpty(p, v, at, "the description", "host")
	}
	return nil
}
