package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var noJsonScalar = &rule{
	Meta: check.Meta{
		ID:      "graphql-no-json-scalar",
		Summary: "A field must not have a type that can be anything.",
		Rationale: "Nobody can select from JSON, no tool can check it, and nobody can tell when it changes: what the schema " +
			"is for ends there. Write types for what has a structure, and a union for one of several.",
		Severity: check.Info, Tags: []string{"graphql", "types", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkNoJsonScalar,
}

func checkNoJsonScalar(_ context.Context, p *pass) error {
	eachValue(p.Subject, func(e value, r *graphql.TypeRef) {
		t := r.Type()
		if t == nil || t.Kind != graphql.Scalar || t.BuiltIn || isRetired(e) {
			return
		}
		switch strings.ToLower(t.Name) {
		case "json", "jsonobject", "jsonstring", "any", "object", "map", "mixed", "untypedstructure":
			reportf(p, e.TypeLocation(), "%s is %q, which can be anything", called(e), r)
		}
	})
	return nil
}
