package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var relayConnectionTypes = &rule{
	Meta: check.Meta{
		ID:      "graphql-relay-connection-types",
		Summary: "A connection must have edges and page information as the Relay specification says.",
		Rationale: "Clients such as Relay and Apollo page through connections without being told how, as long as they are " +
			"all alike: an object type with `edges`, a list, and `pageInfo: PageInfo!`. A type whose name ends in " +
			"Connection but that has nothing of one, such as `DatabaseConnection`, is left alone.",
		Severity: check.Warning, Tags: []string{"graphql", "relay", "pagination", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"relay-connection-types", "relay-connection-types-spec"},
	},
	Check: checkRelayConnectionTypes,
}

func checkRelayConnectionTypes(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Types {
		switch {
		case isConnection(t):
			checkConnection(p, t)
		case t.Kind != graphql.Object && t.Kind != graphql.Interface && strings.HasSuffix(t.Name, "Connection"):
			reportf(p, t.Location(), "%s is called a connection, but is no object type", called(t))
		case t.Kind == graphql.Object && t.Field("edges") != nil && t.Field("pageInfo") != nil:
			reportf(p, t.Location(), "%s is a connection, but its name does not end in %q", called(t), "Connection")
		}
	}
	return nil
}

func checkConnection(p *pass, t *graphql.Type) {
	if f := t.Field("edges"); f == nil {
		reportKeyf(p, t.Location(), "edges", "connection %q has no field %q", t.Name, "edges")
	} else if !f.Type.IsList() {
		reportf(p, f.TypeLocation(), "%q is %q, not a list", f.Coordinate(), f.Type)
	}
	if f := t.Field("pageInfo"); f == nil {
		reportKeyf(p, t.Location(), "pageInfo", "connection %q has no field %q", t.Name, "pageInfo")
	} else if f.Type.String() != "PageInfo!" {
		reportf(p, f.TypeLocation(), "%q is %q, not PageInfo!", f.Coordinate(), f.Type)
	}
}
