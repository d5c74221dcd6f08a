package owasp

import (
	"context"
	"regexp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api7ConcerningURLParameter = &rule{
	Meta: check.Meta{
		ID:        "owasp-api7-2023-concerning-url-parameter",
		Summary:   "A parameter that takes a URL is looked at.",
		Rationale: "A server that fetches what a client names can be led to the inside of its own network. Allow known hosts only, and no redirects; set the finding aside when that is done.",
		Severity:  check.Info, Tags: []string{"openapi", "security", Tag, "API7:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api7:2023-concerning-url-parameter"},
	},
	Check: checkAPI7ConcerningURLParameter,
}

func checkAPI7ConcerningURLParameter(_ context.Context, p *pass) error {
	for _, n := range p.Subject.Nodes(openapi.ParameterRole) {
		name := n.Get("name")
		schema := p.Subject.Resolve(n.Get("schema"))
		if takesURL.MatchString(name.Text()) || schema.Get("format").Text() == "uri" || schema.Get("format").Text() == "url" {
			p.Reportf(name.Location(), "parameter %q takes a URL", name.Text())
		}
	}
	return nil
}

// takesURL matches names of parameters that take URLs.
var takesURL = regexp.MustCompile(`^(callback|redirect)|(_url|Url|-url)$`)
