package owasp

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api2JWTBestPractices = &rule{
	Meta: check.Meta{
		ID:        "owasp-api2-2023-jwt-best-practices",
		Summary:   "A scheme of JSON Web Tokens says that it keeps to RFC 8725.",
		Rationale: "Tokens that name their own algorithm, or none, have let attackers in. RFC 8725 says what to check; a description that names it in `description` tells clients and auditors that it is done.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API2:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api2:2023-jwt-best-practices"},
	},
	Check: checkAPI2JWTBestPractices,
}

func checkAPI2JWTBestPractices(_ context.Context, p *pass) error {
	schemes(p, func(n *openapi.Node) {
		if (n.Get("type").Text() == "oauth2" || strings.EqualFold(n.Get("bearerFormat").Text(), "jwt")) && !strings.Contains(strings.ReplaceAll(n.Get("description").Text(), " ", ""), "RFC8725") {
			p.Reportf(at(said(n, "description")), "security scheme %q does not say that it keeps to RFC 8725", n.Key())
		}
	})
	return nil
}
