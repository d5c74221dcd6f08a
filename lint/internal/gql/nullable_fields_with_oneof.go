package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var nullableFieldsWithOneof = &rule{
	Meta: check.Meta{
		ID:      "graphql-nullable-fields-with-oneof",
		Summary: "The fields of an object type with @oneOf must be nullable.",
		Rationale: "Exactly one of them has a value; a field that must have one makes that impossible. For input objects " +
			"`graphql-invalid-one-of` finds the same.",
		Severity: check.Info, Tags: []string{"graphql", "nullability"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"require-nullable-fields-with-oneof"},
	},
	Check: checkNullableFieldsWithOneof,
}

func checkNullableFieldsWithOneof(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Objects {
		if t.Directive("oneOf") == nil {
			continue
		}
		for _, f := range t.Fields {
			if f.Type.NonNull {
				reportf(p, f.TypeLocation(), "%s is non-null, %q, in a type with @oneOf", called(f), f.Type)
			}
		}
	}
	return nil
}
