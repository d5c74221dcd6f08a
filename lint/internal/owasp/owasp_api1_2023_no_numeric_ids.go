package owasp

import (
	"context"
	"regexp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api1NoNumericIds = &rule{
	Meta: check.Meta{
		ID:        "owasp-api1-2023-no-numeric-ids",
		Summary:   "A resource is not named by a number that can be counted up.",
		Rationale: "Whoever has seen the number 41 tries 42. An id that cannot be guessed, such as a UUID, does not replace the check of permissions, but takes the list of targets away.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API1:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api1:2023-no-numeric-ids"},
	},
	Check: checkAPI1NoNumericIds,
}

func checkAPI1NoNumericIds(_ context.Context, p *pass) error {
	for _, n := range p.Subject.Nodes(openapi.ParameterRole) {
		name := n.Get("name").Text()
		schema := p.Subject.Resolve(n.Get("schema"))
		if schema == nil {
			schema = n // in 2.0 the parameter is its schema
		}
		if idName.MatchString(name) && schema.Get("type").Text() == "integer" {
			p.Reportf(at(schema), "id %q is a number", name)
		}
	}
	return nil
}

// idName matches names of ids.
var idName = regexp.MustCompile(`^id$|(_id|Id|-id)$`)
