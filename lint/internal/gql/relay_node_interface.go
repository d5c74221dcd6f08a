package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var relayNodeInterface = &rule{
	Meta: check.Meta{
		ID:      "graphql-relay-node-interface",
		Summary: "What an edge leads to must implement Node.",
		Rationale: "A client that holds an item of a list can refetch it alone where the item is a node. Objects without an " +
			"ID of their own need not be paged.",
		Severity: check.Info, Tags: []string{"graphql", "relay", "ids"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkRelayNodeInterface,
}

func checkRelayNodeInterface(_ context.Context, p *pass) error {
	for _, f := range edgeTypes(p.Subject) {
		edge := f.Type.Type()
		node := edge.Field("node")
		if node == nil {
			continue
		}
		if t := node.Type.Type(); t != nil && t.Kind == graphql.Object && !t.Implements("Node") {
			reportf(p, node.TypeLocation(), "%q leads to %s, which does not implement Node", node.Coordinate(), called(t))
		}
	}
	return nil
}
