package parity

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var versionSkew = &rule{
	Meta: check.Meta{
		ID:      "parity-version-skew",
		Summary: "Both descriptions should be of the same time.",
		Rationale: "One description speaks of days and versions that the other does not know yet. What is missing in the older " +
			"one may only be missing in this copy of it: compare descriptions that were published together before anything else " +
			"is made of the result.",
		Severity: check.Info, Tags: []string{"parity", "openapi", "graphql"}, Since: since,
	},
	Check: checkVersionSkew,
}

func checkVersionSkew(_ context.Context, p *pass) error {
	skew := p.Subject.Skew
	if !skew.Found {
		return nil
	}
	report(p, mention{at: p.Subject.REST.Root().Location()}, mention{noun: "schema", name: p.Subject.GraphQL.Sources()[0].Name(), at: p.Subject.schemaLocation()}, check.Finding{
		Message:    strings.TrimSuffix(skew.Text, "."),
		Properties: map[string]any{"rest": skew.REST, "graphql": skew.GraphQL, "evidence": skew.Evidence},
	})
	return nil
}
