package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var nullableWithoutEffect = &rule{
	Meta: check.Meta{
		ID:      "nullable-without-effect",
		Summary: "A null must be allowed in the way of the document's version.",
		Rationale: "`nullable` is a keyword of OpenAPI 3.0 alone, and there (3.0.3) it needs `type` beside it. From 3.1 it is ignored: write `type: [string, \"null\"]`. " +
			"In 2.0 there is no null at all, only the extension `x-nullable`. A client that trusts the keyword crashes on the null, or refuses it.",
		Severity: check.Warning, Tags: []string{"openapi", "schemas", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkNullableWithoutEffect,
}

func checkNullableWithoutEffect(_ context.Context, p *pass) error {
	version := p.Subject.Version()
	for _, s := range p.Subject.Nodes(openapi.SchemaRole) {
		n := s.Get("nullable")
		if !n.IsTrue() {
			continue
		}
		switch {
		case version != openapi.V30:
			p.Reportf(n.KeyLocation(), "%q has no meaning in OpenAPI %s", "nullable", version)
		case !s.Has("type"):
			p.Reportf(n.KeyLocation(), "%q has no effect without %q beside it", "nullable", "type")
		}
	}
	return nil
}
