package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var relayPageInfo = &rule{
	Meta: check.Meta{
		ID:      "graphql-relay-page-info",
		Summary: "PageInfo must have the fields that the Relay specification says.",
		Rationale: "A client knows from `hasNextPage` and `hasPreviousPage`, both `Boolean!`, whether to go on, and from " +
			"`startCursor` and `endCursor` where; the cursors are null where the page is empty. The rule applies " +
			"where the schema has connections.",
		Severity: check.Warning, Tags: []string{"graphql", "relay", "pagination", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"relay-page-info", "relay-page-info-spec"},
	},
	Check: checkRelayPageInfo,
}

func checkRelayPageInfo(_ context.Context, p *pass) error {
	first := firstConnection(p.Subject)
	t := p.Subject.Type("PageInfo")
	switch {
	case first == nil:
		return nil
	case t == nil:
		reportf(p, first.Location(), "the schema has connections such as %q, but no type %q", first.Name, "PageInfo")
		return nil
	case t.Kind != graphql.Object:
		reportf(p, t.Location(), "%s is no object type", called(t))
		return nil
	}
	for _, name := range []string{"hasNextPage", "hasPreviousPage"} {
		if f := t.Field(name); f == nil {
			reportKeyf(p, t.Location(), name, "%q has no field %q", t.Name, name)
		} else if f.Type.String() != "Boolean!" {
			reportf(p, f.TypeLocation(), "%q is %q, not Boolean!", f.Coordinate(), f.Type)
		}
	}
	for _, name := range []string{"startCursor", "endCursor"} {
		if f := t.Field(name); f == nil {
			reportKeyf(p, t.Location(), name, "%q has no field %q", t.Name, name)
		} else if !isScalar(f.Type) || f.Type.NonNull {
			reportf(p, f.TypeLocation(), "%q is %q, not a nullable string or another scalar", f.Coordinate(), f.Type)
		}
	}
	return nil
}
