package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas2ApiSchemes = &rule{
	Meta: check.Meta{
		ID:      "oas2-api-schemes",
		Summary: "The document must list its schemes.",
		Rationale: "Whether an API is called over `https` or `http` is not to be left to the client. Without `schemes` it " +
			"takes what the description was fetched with. List what the server accepts, best `https` alone.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "servers", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas2ApiSchemes,
}

func checkOas2ApiSchemes(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() == openapi.V20 {
		reportNoListOf(p, "schemes", openapi.String)
	}
	return nil
}
