package parity

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var nameClash = &rule{
	Meta: check.Meta{
		ID:      "parity-name-clash",
		Summary: "Equal names should mean the same in both APIs.",
		Rationale: "A property and a field of one thing have the same name and hold different things: an address of the API and " +
			"one of the web site, a number and a global ID. Whoever moves from one API to the other takes the one for the other, " +
			"and nothing fails until much later.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "fields", "naming"}, Since: since,
	},
	Check: checkNameClash,
}

func checkNameClash(_ context.Context, p *pass) error {
	for t, d := range merged(p.Subject, NameAspect) {
		// The difference names the field of the same name, where another one
		// is the counterpart.
		if d.Effect == "other-meaning" && strings.Contains(d.GraphQL, ".") {
			t.graphql = mentioned(p.Subject, d.GraphQL)
		}
		reportDifference(p, t, d, false, "%s has the name of %s and another meaning", t.rest, t.graphql)
	}
	return nil
}
