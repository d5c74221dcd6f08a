package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var typeMissingInGraphQL = &rule{
	Meta: check.Meta{
		ID:      "parity-type-missing-in-graphql",
		Summary: "Every named schema should have a type in GraphQL.",
		Rationale: "A schema without a type is a thing that GraphQL does not know at all, or that it calls by a name that tells " +
			"nobody that the two are the same. What its properties correspond to cannot be compared either.",
		Severity: check.Info, Tags: []string{"parity", "openapi", "types"}, Since: since,
	},
	Check: checkTypeMissingInGraphQL,
}

func checkTypeMissingInGraphQL(_ context.Context, p *pass) error {
	if !p.Subject.toGraphQL() {
		return nil
	}
	lost := lost(p.Subject)
	for _, t := range p.Subject.Types {
		if t.Status != StatusNone || t.Need == Unneeded || t.Exempt != "" || lost[t.Name] {
			continue
		}
		p.Report(check.Finding{
			Location: t.Location, Message: fmt.Sprintf("schema %q has no type in GraphQL", t.Name),
			Properties: map[string]any{"confidence": round(t.Confidence), "alternatives": t.Alternatives},
		})
	}
	return nil
}
