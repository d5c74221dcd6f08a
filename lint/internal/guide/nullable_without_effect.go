package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var nullableWithoutEffect = &rule{
	Meta: check.Meta{
		ID:      "nullable-without-effect",
		Summary: "A null must be allowed in the way of the document's version.",
		Rationale: "`nullable` is a keyword of OpenAPI 3.0 alone, and there (3.0.3) it needs `type` beside it. From 3.1 it is ignored: write `type: [string, \"null\"]`. " +
			"In 2.0 there is no null at all, only the extension `x-nullable`. A client that trusts the keyword crashes on the null, or refuses it.",
		Fix:      "Adds `\"null\"` to the type, or writes `x-nullable` in 2.0; unsafe, for clients see a null that they did not see before.",
		Severity: check.Warning, Tags: []string{"openapi", "schemas", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkNullableWithoutEffect,
}

func checkNullableWithoutEffect(_ context.Context, p *pass) error {
	version, e := p.Subject.Version(), &edit.Editor{}
	for _, s := range p.Subject.Nodes(openapi.SchemaRole) {
		n := s.Get("nullable")
		if !n.IsTrue() {
			continue
		}
		switch {
		case version != openapi.V30:
			mend(p, n.KeyLocation(), allowNull(e, version, s, n), "%q has no meaning in OpenAPI %s", "nullable", version)
		case !s.Has("type"):
			p.Reportf(n.KeyLocation(), "%q has no effect without %q beside it", "nullable", "type")
		}
	}
	return nil
}

// allowNull is the fix that writes what nullable means in the document's
// version: a type of two in 3.1 and later, x-nullable in 2.0.
func allowNull(e *edit.Editor, version openapi.Version, schema, nullable *openapi.Node) *check.Fix {
	if version == openapi.V20 {
		return edit.Unsafe("Write x-nullable", e.Rename(nullable, "x-nullable"))
	}
	t := schema.Get("type")
	if !t.Is(openapi.String) || schema.Has("enum") || schema.Has("const") {
		return nil
	}
	typed, removed := e.Replace(t, edit.List{t.Text(), "null"}), e.Remove(nullable)
	if typed == nil || removed == nil {
		return nil
	}
	return edit.Unsafe("Add null to the type", append(typed, removed...))
}
