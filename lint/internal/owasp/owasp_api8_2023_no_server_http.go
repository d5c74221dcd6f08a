package owasp

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var api8NoServerHTTP = &rule{
	Meta: check.Meta{
		ID:        "owasp-api8-2023-no-server-http",
		Summary:   "No server is reached by plain http.",
		Rationale: "What goes over plain http can be read and changed on its way. Use https or wss.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API8:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api8:2023-no-server-http"},
	},
	Check: checkAPI8NoServerHTTP,
}

func checkAPI8NoServerHTTP(_ context.Context, p *pass) error {
	for _, s := range p.Subject.Root().Get("servers").Children() {
		if strings.HasPrefix(s.Get("url").Text(), "http:") {
			p.Reportf(s.Get("url").Location(), "server %q is not encrypted", s.Get("url").Text())
		}
	}
	return nil
}
