package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var api9InventoryAccess = &rule{
	Meta: check.Meta{
		ID:        "owasp-api9-2023-inventory-access",
		Summary:   "A server says whether it is internal (`x-internal`).",
		Rationale: "Servers that nobody knows of are those that nobody mends. Say of each whom it is for: `x-internal: true` or `false`.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API9:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api9:2023-inventory-access"},
	},
	Check: checkAPI9InventoryAccess,
}

func checkAPI9InventoryAccess(_ context.Context, p *pass) error {
	for _, s := range p.Subject.Root().Get("servers").Children() {
		if !s.Has("x-internal") {
			p.Reportf(s.Location(), "server %q does not say whether it is internal", s.Get("url").Text())
		}
	}
	return nil
}
