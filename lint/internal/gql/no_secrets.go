package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var noSecrets = &rule{
	Meta: check.Meta{
		ID:      "graphql-no-secrets",
		Summary: "A description must not hold a secret.",
		Rationale: "The schema is handed to everybody who asks, and its history keeps what was once in it. Revoke the secret " +
			"and write a placeholder. Reported are keys and tokens that can be told by their form, in descriptions, " +
			"reasons and default values.",
		Severity: check.Error, Tags: []string{"graphql", "security", "descriptions", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkNoSecrets,
}

func checkNoSecrets(_ context.Context, p *pass) error {
	for e := range p.Subject.Elements() {
		n := e.Base()
		if s := secretIn(n.Description); s != nil {
			reportKeyf(p, graphql.DescriptionLocation(e), "description", "the description of %s holds %s: %q", called(e), s.what, s.prefix+"…")
		}
		if n.Deprecated != nil {
			if s := secretIn(n.Deprecated.Reason); s != nil {
				reportKeyf(p, deprecationLocation(e), "reason", "the reason of %s holds %s: %q", called(e), s.what, s.prefix+"…")
			}
		}
		if v, ok := e.(*graphql.InputValue); ok && v.Default != nil && v.Default.Kind != graphql.NullValue {
			if s := secretIn(v.Default.String()); s != nil {
				reportKeyf(p, v.DefaultLocation(), "default", "the default of %s holds %s: %q", called(e), s.what, s.prefix+"…")
			}
		}
	}
	return nil
}
