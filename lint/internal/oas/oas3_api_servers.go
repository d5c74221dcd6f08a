package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas3ApiServers = &rule{
	Meta: check.Meta{
		ID:      "oas3-api-servers",
		Summary: "The document must list its servers.",
		Rationale: "Without `servers` an API is taken to be at `/` of wherever its description was fetched from. Generated " +
			"clients then have no address to begin with. List the production server first, then others with a " +
			"description each.",
		Severity: check.Warning, Tags: []string{"openapi", "oas3", "servers", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas3ApiServers,
}

func checkOas3ApiServers(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() != openapi.V20 {
		reportNoListOf(p, "servers", openapi.Object)
	}
	return nil
}
