package owasp

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api2NoHTTPBasic = &rule{
	Meta: check.Meta{
		ID:        "owasp-api2-2023-no-http-basic",
		Summary:   "No security scheme is HTTP Basic.",
		Rationale: "Basic sends the password itself with every request, and nothing ends it but a new password. Use OAuth 2 or OpenID Connect.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API2:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api2:2023-no-http-basic"},
	},
	Check: checkAPI2NoHTTPBasic,
}

func checkAPI2NoHTTPBasic(_ context.Context, p *pass) error {
	schemes(p, func(n *openapi.Node) {
		if strings.EqualFold(n.Get("scheme").Text(), "basic") || n.Get("type").Text() == "basic" {
			p.Reportf(at(said(n, "scheme")), "security scheme %q is HTTP Basic", n.Key())
		}
	})
	return nil
}
