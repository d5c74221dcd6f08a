package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var relayNode = &rule{
	Meta: check.Meta{
		ID:      "graphql-relay-node",
		Summary: "The interface Node must have an id, and the query type a field to find nodes by it.",
		Rationale: "Clients refetch any thing by its ID, without knowing where it came from: `node(id: ID!): Node`, and `id: " +
			"ID!` in the interface. The rule applies where the schema has an interface called Node with an `id`, or a " +
			"root field `node`.",
		Severity: check.Warning, Tags: []string{"graphql", "relay", "ids", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkRelayNode,
}

func checkRelayNode(_ context.Context, p *pass) error {
	s := p.Subject
	t := s.Type("Node")
	if t == nil || t.Kind != graphql.Interface || s.Query == nil {
		return nil
	}
	id, root := t.Field("id"), s.Query.Field("node")
	switch {
	case id == nil && root == nil:
		return nil // nodes of another kind
	case id == nil:
		reportf(p, t.Location(), "interface %q has no field %q", t.Name, "id")
	case id.Type.String() != "ID!":
		reportf(p, id.TypeLocation(), "%q is %q, not ID!", id.Coordinate(), id.Type)
	}
	switch {
	case root == nil:
		reportf(p, s.Query.Location(), "%q has no field %q, though the schema has an interface of that name", s.Query.Name, "node")
	case root.Type.String() != "Node":
		reportf(p, root.TypeLocation(), "%q is %q, not Node", root.Coordinate(), root.Type)
	case root.Arg("id") == nil:
		reportf(p, root.Location(), "%q has no argument %q", root.Coordinate(), "id")
	case root.Arg("id").Type.String() != "ID!":
		a := root.Arg("id")
		reportf(p, a.TypeLocation(), "%q is %q, not ID!", a.Coordinate(), a.Type)
	}
	return nil
}
