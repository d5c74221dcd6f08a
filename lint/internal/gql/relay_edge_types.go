package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var relayEdgeTypes = &rule{
	Meta: check.Meta{
		ID:      "graphql-relay-edge-types",
		Summary: "An edge must have a node and a cursor as the Relay specification says.",
		Rationale: "The cursor is what the next page is asked for with, and the node is the thing itself. An edge is an " +
			"object type whose name ends in Edge, with `node`, which is no list, and `cursor`, which is a string or " +
			"another scalar.",
		Severity: check.Warning, Tags: []string{"graphql", "relay", "pagination", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"relay-edge-types"},
	},
	Check: checkRelayEdgeTypes,
}

func checkRelayEdgeTypes(_ context.Context, p *pass) error {
	for _, f := range edgeTypes(p.Subject) {
		t := f.Type.Type()
		if t.Kind != graphql.Object {
			reportf(p, f.TypeLocation(), "%q has edges of %s, which is no object type", f.Coordinate(), called(t))
			continue
		}
		if !strings.HasSuffix(t.Name, "Edge") {
			reportKeyf(p, t.Location(), "name", "the name of edge %q does not end in %q", t.Name, "Edge")
		}
		if node := t.Field("node"); node == nil {
			reportKeyf(p, t.Location(), "node", "edge %q has no field %q", t.Name, "node")
		} else if node.Type.IsList() {
			reportf(p, node.TypeLocation(), "%q is a list, %q", node.Coordinate(), node.Type)
		}
		if cursor := t.Field("cursor"); cursor == nil {
			reportKeyf(p, t.Location(), "cursor", "edge %q has no field %q", t.Name, "cursor")
		} else if !isScalar(cursor.Type) {
			reportf(p, cursor.TypeLocation(), "%q is %q, not a string or another scalar", cursor.Coordinate(), cursor.Type)
		}
	}
	return nil
}
