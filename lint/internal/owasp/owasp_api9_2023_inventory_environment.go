package owasp

import (
	"context"
	"regexp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api9InventoryEnvironment = &rule{
	Meta: check.Meta{
		ID:        "owasp-api9-2023-inventory-environment",
		Summary:   "The description of a server says which environment it is.",
		Rationale: "Test data in production, and production behind the guards of a test: both come from servers whose environment is not known. Write \"production\", \"staging\" or the like into `description`.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API9:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api9:2023-inventory-environment"},
	},
	Check: checkAPI9InventoryEnvironment,
}

func checkAPI9InventoryEnvironment(_ context.Context, p *pass) error {
	for _, s := range p.Subject.Root().Get("servers").Children() {
		if d := s.Get("description"); d.Is(openapi.String) && !environment.MatchString(d.Text()) {
			p.Reportf(d.Location(), "the description of server %q does not say which environment it is", s.Get("url").Text())
		}
	}
	return nil
}

// environment matches words for environments.
var environment = regexp.MustCompile(`(?i)local|sandbox|alpha|beta|test|stag|prod|next`)
