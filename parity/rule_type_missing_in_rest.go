package parity

import (
	"context"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var typeMissingInREST = &rule{
	Meta: check.Meta{
		ID:      "parity-type-missing-in-rest",
		Summary: "Every object type should have a schema in REST.",
		Rationale: "An object type without a schema is a thing that REST does not know, or that it describes in place, without a " +
			"name. Connections, edges, payloads and the root types are not counted: they are forms of GraphQL, not things.",
		Severity: check.Info, Tags: []string{"parity", "graphql", "types"}, Since: since,
	},
	Check: checkTypeMissingInREST,
}

func checkTypeMissingInREST(_ context.Context, p *pass) error {
	res := p.Subject
	if !res.toREST() {
		return nil
	}
	known := map[string]bool{}
	for _, t := range res.Types {
		if t.Status != StatusNone {
			known[t.GraphQL] = true
		}
	}
	// Schemas that are written in place have no name, and are no types of
	// the result, but their fields are.
	for _, f := range res.Fields {
		known[f.Type] = true
	}
	for _, t := range res.GraphQL.Objects {
		if !known[t.Name] && isThing(res.GraphQL, t) {
			p.Report(check.Finding{Location: t.Location(), Message: fmt.Sprintf("type %q has no schema in REST", t.Name)})
		}
	}
	return nil
}

// isThing reports whether an object type is about the product, and not a
// form that GraphQL needs.
func isThing(s *graphql.Schema, t *graphql.Type) bool {
	has := func(name string) bool { return t.Field(name) != nil }
	switch {
	case t.IsRoot(), has("pageInfo"), has("cursor") && has("node"), has("hasNextPage"), has("clientMutationId"):
		return false
	case strings.HasSuffix(t.Name, "Payload"), strings.HasSuffix(t.Name, "Connection"), strings.HasSuffix(t.Name, "Edge"):
		return false
	}
	// What only mutations return is their result.
	uses := t.UsedBy()
	for _, use := range uses {
		if f, ok := use.(*graphql.Field); !ok || f.Parent() != s.Mutation {
			return true
		}
	}
	return len(uses) == 0
}
