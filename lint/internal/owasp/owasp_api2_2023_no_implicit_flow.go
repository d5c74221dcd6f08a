package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api2NoImplicitFlow = &rule{
	Meta: check.Meta{
		ID:        "owasp-api2-2023-no-implicit-flow",
		Summary:   "No OAuth flow hands tokens to a browser in a URL, or passwords to a client.",
		Rationale: "The flow `implicit` puts tokens into URLs, `password` gives the client the password. Both are left out of OAuth 2.1. Use `authorizationCode` with PKCE.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API2:2023"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkAPI2NoImplicitFlow,
}

func checkAPI2NoImplicitFlow(_ context.Context, p *pass) error {
	schemes(p, func(n *openapi.Node) {
		for _, name := range []string{"implicit", "password"} {
			if flow := n.Get("flows").Get(name); flow != nil {
				p.Reportf(at(flow), "flow %q is not safe", name)
			}
		}
		if flow := n.Get("flow"); flow.Text() == "implicit" || flow.Text() == "password" {
			p.Reportf(flow.Location(), "flow %q is not safe", flow.Text())
		}
	})
	return nil
}
