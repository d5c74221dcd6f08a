package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api2ShortLivedAccessTokens = &rule{
	Meta: check.Meta{
		ID:        "owasp-api2-2023-short-lived-access-tokens",
		Summary:   "An OAuth flow can refresh its tokens.",
		Rationale: "A token that cannot be refreshed has to live long, and one that is stolen is of use as long. Declare `refreshUrl`.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API2:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api2:2023-short-lived-access-tokens"},
	},
	Check: checkAPI2ShortLivedAccessTokens,
}

func checkAPI2ShortLivedAccessTokens(_ context.Context, p *pass) error {
	schemes(p, func(n *openapi.Node) {
		for _, flow := range n.Get("flows").Children() {
			if flow.Is(openapi.Object) && flow.Get("refreshUrl").Text() == "" {
				p.Reportf(at(flow), "flow %q has no refreshUrl", flow.Key())
			}
		}
	})
	return nil
}
