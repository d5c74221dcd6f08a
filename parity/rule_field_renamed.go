package parity

import (
	"context"

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
	var list variants
	for t := range fieldCouples(p.Subject) {
		if t.kind == Renamed {
			list.add(t, Difference{REST: t.property(), GraphQL: t.field.GraphQL})
		}
	}
	for _, v := range list.all {
		reportDifference(p, v.couple, v.Difference, false, "%s is called %q in GraphQL", v.rest, v.field.GraphQL)
	}
	return nil
}
