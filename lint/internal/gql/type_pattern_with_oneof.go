package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var typePatternWithOneof = &rule{
	Meta: check.Meta{
		ID:      "graphql-type-pattern-with-oneof",
		Summary: "An object type with @oneOf must have the fields ok and error.",
		Rationale: "A result that is one of two is told apart in the same way everywhere: `ok` holds what was asked for, " +
			"`error` what went wrong.",
		Severity: check.Info, Tags: []string{"graphql", "types", "errors"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"require-type-pattern-with-oneof"},
	},
	Check: checkTypePatternWithOneof,
}

func checkTypePatternWithOneof(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Objects {
		if t.Directive("oneOf") == nil {
			continue
		}
		for _, name := range []string{"error", "ok"} {
			if t.Field(name) == nil {
				reportKeyf(p, t.Location(), name, "%s with @oneOf has no field %q", called(t), name)
			}
		}
	}
	return nil
}
