package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var fieldRenamed = &rule{
	Meta: check.Meta{
		ID:      "parity-field-renamed",
		Summary: "A property and its field should have the same name but for casing.",
		Rationale: "One thing with two names has to be learned twice, and searched for twice. Renaming breaks clients, so this " +
			"is a list to be read before the next version, or before a third API chooses a name.",
		Severity: check.Info, Tags: []string{"parity", "openapi", "fields", "naming"}, Since: since,
	},
	Check: checkFieldRenamed,
}

func checkFieldRenamed(_ context.Context, p *pass) error {
	for t := range fieldCouples(p.Subject) {
		if t.kind != Renamed {
			continue
		}
		report(p, t.rest, t.graphql, check.Finding{
			Message: fmt.Sprintf("%s is called %q in GraphQL", t.rest.name, t.field.GraphQL), Key: t.key,
			Properties: map[string]any{"confidence": round(t.confidence)},
		})
	}
	return nil
}
