package gql

import (
	"strings"

	"github.com/plumbapi/plumb/graphql"
)

// isConnection reports whether an object type is a connection in the sense of
// the Relay specification. The name alone does not say so: DatabaseConnection
// may be what it says. It must have one of the fields of a connection too.
func isConnection(t *graphql.Type) bool {
	return t != nil && t.Kind == graphql.Object && strings.HasSuffix(t.Name, "Connection") && hasPage(t)
}

func hasPage(t *graphql.Type) bool {
	return t.Field("edges") != nil || t.Field("pageInfo") != nil || t.Field("nodes") != nil
}

func firstConnection(s *graphql.Schema) *graphql.Type {
	for _, t := range s.Objects {
		if isConnection(t) {
			return t
		}
	}
	return nil
}

// edgeTypes returns the types that connections have in their edges, each with
// the first field that has it, in the order of the schema.
func edgeTypes(s *graphql.Schema) []*graphql.Field {
	var edges []*graphql.Field
	seen := map[string]bool{}
	for _, t := range s.Objects {
		if !isConnection(t) {
			continue
		}
		if f := t.Field("edges"); f != nil && f.Type.Type() != nil && !seen[f.Type.Name] {
			seen[f.Type.Name] = true
			edges = append(edges, f)
		}
	}
	return edges
}

// isScalar reports whether a type is one nullable or non-null scalar, and no
// list.
func isScalar(r *graphql.TypeRef) bool {
	t := r.Type()
	return !r.IsList() && t != nil && t.Kind == graphql.Scalar
}
