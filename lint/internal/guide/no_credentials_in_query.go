package guide

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var noCredentialsInQuery = &rule{
	Meta: check.Meta{
		ID:      "no-credentials-in-query",
		Summary: "Credentials must not travel in the query of a URL.",
		Rationale: "URLs stand in the logs of servers and proxies, in histories of browsers and in `Referer` headers. RFC 6750 (section 2.3) and RFC 9700 (section 4.3.2) say not to put tokens there. Take a header: `Authorization`. " +
			"Reported are API keys with `in: query`, and query parameters that are called like a password or an access token.",
		Severity: check.Warning, Tags: []string{"openapi", "security", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkNoCredentialsInQuery,
}

// credentialNames are the names of query parameters that hold credentials,
// as [plain] writes them.
var credentialNames = map[string]bool{
	"password": true, "passwd": true, "secret": true, "clientsecret": true, "apikey": true, "accesstoken": true,
	"privatetoken": true, "authtoken": true, "apitoken": true, "secretkey": true, "privatekey": true, "bearertoken": true,
	"refreshtoken": true, "sessiontoken": true, "jobtoken": true, "apisecret": true, "oauthtoken": true,
}

func checkNoCredentialsInQuery(_ context.Context, p *pass) error {
	d := p.Subject
	for _, s := range d.Nodes(openapi.SecuritySchemeRole) {
		if in := s.Get("in"); s.Get("type").Text() == "apiKey" && in.Text() == "query" {
			p.Reportf(in.Location(), "security scheme %q takes the API key %q from the query", s.Key(), s.Get("name").Text())
		}
	}
	for _, param := range d.Nodes(openapi.ParameterRole) {
		name := param.Get("name")
		if param.Get("in").Text() != "query" {
			continue
		}
		if credentialNames[plain(name.Text())] || name.Text() == "token" && strings.Contains(strings.ToLower(param.Get("description").Text()), "authentication token") {
			p.Reportf(name.Location(), "query parameter %q is a credential", name.Text())
		}
	}
	return nil
}
