package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var deprecatedTypeInUse = &rule{
	Meta: check.Meta{
		ID:      "graphql-deprecated-type-in-use",
		Summary: "A field must not lead to a type of which every field is deprecated.",
		Rationale: "A type cannot be deprecated, so a type that is going away has `@deprecated` on each of its fields. A " +
			"field that leads there and is not deprecated sends clients into a dead end. What can only be reached " +
			"through deprecated fields is left alone, as are edges and pages.",
		Severity: check.Info, Tags: []string{"graphql", "deprecation", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkDeprecatedTypeInUse,
}

func checkDeprecatedTypeInUse(_ context.Context, p *pass) error {
	dead := deadTypes(p.Subject)
	if len(dead) == 0 {
		return nil
	}
	for _, f := range p.Subject.Fields {
		t := f.Type.Type()
		if !dead[t] || dead[f.Parent()] || f.Base().Deprecated != nil || isPage(f.Parent()) {
			continue
		}
		reportf(p, f.Location(), "%s is not deprecated, but every field of its type %q is", called(f), t.Name)
	}
	return nil
}

// deadTypes returns the objects and interfaces of which every field is
// deprecated, the pages and edges that lead to nothing else, and the types
// that only deprecated fields and dead types lead to.
func deadTypes(s *graphql.Schema) map[*graphql.Type]bool {
	dead := map[*graphql.Type]bool{}
	for _, t := range s.Types {
		if len(t.Fields) == 0 || t.IsRoot() {
			continue
		}
		if allRetired(t) {
			dead[t] = true
		}
	}
	const steps = 32 // how far from the fields that are deprecated it looks
	grown := len(dead) > 0
	for i := 0; i < steps && grown; i++ {
		grown = false
		for _, t := range s.Objects {
			if !dead[t] && !t.IsRoot() && (leadsToDead(t, dead) || onlyDeadUse(t, dead)) {
				dead[t], grown = true, true
			}
		}
	}
	return dead
}

func isPage(t *graphql.Type) bool {
	return strings.HasSuffix(t.Name, "Connection") || strings.HasSuffix(t.Name, "Edge")
}

// leadsToDead reports whether a page or an edge holds items of a dead type.
func leadsToDead(t *graphql.Type, dead map[*graphql.Type]bool) bool {
	if !isPage(t) {
		return false
	}
	for _, name := range []string{"node", "nodes", "edges"} {
		if f := t.Field(name); f != nil && dead[f.Type.Type()] {
			return true
		}
	}
	return false
}

// onlyDeadUse reports whether nothing but deprecated fields, and fields of
// dead types, has the type.
func onlyDeadUse(t *graphql.Type, dead map[*graphql.Type]bool) bool {
	used := false
	for _, e := range t.UsedBy() {
		switch e := e.(type) {
		case *graphql.Field:
			if !isRetired(e) && !dead[e.Parent()] {
				return false
			}
			used = true
		case *graphql.Type:
			if !dead[e] { // a union that has it
				return false
			}
		}
	}
	return used
}
