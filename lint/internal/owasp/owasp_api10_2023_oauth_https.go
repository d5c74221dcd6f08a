package owasp

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api10OauthHTTPs = &rule{
	Meta: check.Meta{
		ID:        "owasp-api10-2023-oauth-https",
		Summary:   "What a security scheme refers to is reached by https.",
		Rationale: "Whoever can change an answer of the authorization server decides who is let in. Use https for every URL of a scheme.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API10:2023"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkAPI10OauthHTTPs,
}

func checkAPI10OauthHTTPs(_ context.Context, p *pass) error {
	look := func(n *openapi.Node) {
		for _, c := range n.Children() {
			if strings.HasSuffix(c.Key(), "Url") && strings.HasPrefix(c.Text(), "http:") {
				p.Reportf(c.Location(), "%s %q is not encrypted", c.Key(), c.Text())
			}
		}
	}
	schemes(p, func(n *openapi.Node) {
		look(n)
		for _, flow := range n.Get("flows").Children() {
			look(flow)
		}
	})
	return nil
}
