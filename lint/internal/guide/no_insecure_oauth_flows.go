package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var noInsecureOAuthFlows = &rule{
	Meta: check.Meta{
		ID:      "no-insecure-oauth-flows",
		Summary: "OAuth must not offer the implicit flow or the password flow.",
		Rationale: "RFC 9700, the best current practice for OAuth, forbids the password flow (section 2.4), which hands the user's password to the client, and advises against the implicit flow (section 2.1.2), which leaks tokens in URLs. " +
			"Take the authorization code flow with PKCE.",
		Severity: check.Warning, Tags: []string{"openapi", "security", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkNoInsecureOAuthFlows,
}

func checkNoInsecureOAuthFlows(_ context.Context, p *pass) error {
	for _, s := range p.Subject.Nodes(openapi.SecuritySchemeRole) {
		if s.Get("type").Text() != "oauth2" {
			continue
		}
		if flow := s.Get("flow"); is(flow.Text(), "implicit", "password") {
			p.Reportf(flow.Location(), "security scheme %q offers the OAuth flow %q", s.Key(), flow.Text())
		}
		for _, flow := range s.Get("flows").Children() {
			if is(flow.Key(), "implicit", "password") {
				p.Reportf(flow.KeyLocation(), "security scheme %q offers the OAuth flow %q", s.Key(), flow.Key())
			}
		}
	}
	return nil
}
