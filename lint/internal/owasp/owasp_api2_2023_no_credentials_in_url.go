package owasp

import (
	"context"
	"regexp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api2NoCredentialsInURL = &rule{
	Meta: check.Meta{
		ID:        "owasp-api2-2023-no-credentials-in-url",
		Summary:   "No parameter in a URL is a credential.",
		Rationale: "URLs are kept in logs, histories and caches. Send tokens, keys and passwords in headers or bodies.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API2:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api2:2023-no-credentials-in-url"},
	},
	Check: checkAPI2NoCredentialsInURL,
}

func checkAPI2NoCredentialsInURL(_ context.Context, p *pass) error {
	for _, n := range p.Subject.Nodes(openapi.ParameterRole) {
		name, in := n.Get("name"), n.Get("in").Text()
		if (in == "query" || in == "path") && credential.MatchString(name.Text()) {
			p.Reportf(name.Location(), "parameter %q in the %s is a credential", name.Text(), in)
		}
	}
	return nil
}

// credential matches names of credentials.
var credential = regexp.MustCompile(`(?i)client_?secret|token|password|secret|api-?key`)
