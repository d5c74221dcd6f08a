package gql

import (
	"strings"

	"github.com/plumbapi/plumb/graphql"
)

// mutations returns the fields of the mutation root; none where the schema
// has no such root.
func mutations(s *graphql.Schema) []*graphql.Field {
	if s.Mutation == nil {
		return nil
	}
	return s.Mutation.Fields
}

// payloads returns the object types that mutations return, each once, with
// the first mutation that returns it, in the order of the mutations.
func payloads(s *graphql.Schema) []*graphql.Field {
	var first []*graphql.Field
	seen := map[string]bool{}
	for _, f := range mutations(s) {
		if t := f.Type.Type(); t != nil && t.Kind == graphql.Object && !f.Type.IsList() && !seen[t.Name] {
			seen[t.Name] = true
			first = append(first, f)
		}
	}
	return first
}

// isRecord reports whether an object type stands for a thing of the product,
// and not for a part of the machinery: a root, a page, an edge, the result of
// a mutation.
func isRecord(t *graphql.Type) bool {
	return t.Kind == graphql.Object && !t.IsRoot() && t.Name != "PageInfo" &&
		!strings.HasSuffix(t.Name, "Connection") && !strings.HasSuffix(t.Name, "Edge") &&
		!strings.HasSuffix(t.Name, "Payload")
}
