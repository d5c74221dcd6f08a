package owasp

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api2AuthInsecureSchemes = &rule{
	Meta: check.Meta{
		ID:        "owasp-api2-2023-auth-insecure-schemes",
		Summary:   "No security scheme is one of those that are no longer safe.",
		Rationale: "Negotiate and OAuth 1 are old, and known to be weak. Use OAuth 2 or OpenID Connect.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API2:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api2:2023-auth-insecure-schemes"},
	},
	Check: checkAPI2AuthInsecureSchemes,
}

func checkAPI2AuthInsecureSchemes(_ context.Context, p *pass) error {
	schemes(p, func(n *openapi.Node) {
		if strings.EqualFold(n.Get("scheme").Text(), "negotiate") || strings.EqualFold(n.Get("scheme").Text(), "oauth") {
			p.Reportf(at(n), "security scheme %q is %q, which is outdated", n.Key(), n.Get("scheme").Text())
		}
	})
	return nil
}
