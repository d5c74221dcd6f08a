package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var api8NoSchemeHTTP = &rule{
	Meta: check.Meta{
		ID:        "owasp-api8-2023-no-scheme-http",
		Summary:   "No scheme of OpenAPI 2.0 is plain http.",
		Rationale: "What goes over plain http can be read and changed on its way. Offer https and wss only.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API8:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api8:2023-no-scheme-http"},
	},
	Check: checkAPI8NoSchemeHTTP,
}

func checkAPI8NoSchemeHTTP(_ context.Context, p *pass) error {
	for _, s := range p.Subject.Root().Get("schemes").Children() {
		if s.Text() != "https" && s.Text() != "wss" {
			p.Reportf(s.Location(), "scheme %q is not encrypted", s.Text())
		}
	}
	return nil
}
