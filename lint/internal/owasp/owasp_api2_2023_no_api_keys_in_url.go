package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api2NoAPIKeysInURL = &rule{
	Meta: check.Meta{
		ID:        "owasp-api2-2023-no-api-keys-in-url",
		Summary:   "No API key is part of a URL.",
		Rationale: "URLs are kept in logs, histories and caches, and a key in them is kept there too. Send it in a header.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API2:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api2:2023-no-api-keys-in-url"},
	},
	Check: checkAPI2NoAPIKeysInURL,
}

func checkAPI2NoAPIKeysInURL(_ context.Context, p *pass) error {
	schemes(p, func(n *openapi.Node) {
		if n.Get("type").Text() == "apiKey" && (n.Get("in").Text() == "query" || n.Get("in").Text() == "path") {
			p.Reportf(n.Get("in").Location(), "the key of %q is sent in the %s", n.Key(), n.Get("in").Text())
		}
	})
	return nil
}
