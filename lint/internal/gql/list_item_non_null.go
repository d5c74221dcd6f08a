package gql

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var listItemNonNull = &rule{
	Meta: check.Meta{
		ID:      "graphql-list-item-non-null",
		Summary: "The items of a list must be non-null.",
		Rationale: "Few lists have holes, and yet each client must handle null in each item of `[Issue]`. Write `[Issue!]`. " +
			"The `edges` and `nodes` of a connection, and lists that look things up by their keys, may have holes: " +
			"what cannot be read is null there.",
		Severity: check.Info, Tags: []string{"graphql", "nullability", "lists", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkListItemNonNull,
}

func checkListItemNonNull(_ context.Context, p *pass) error {
	for _, f := range p.Subject.Fields {
		if hasNullableItem(f.Type) && !mayHaveHoles(f) && !isRetired(f) {
			reportf(p, f.TypeLocation(), "%s has nullable items: %q", called(f), f.Type)
		}
	}
	for _, values := range [][]*graphql.InputValue{p.Subject.Arguments, p.Subject.InputFields} {
		for _, v := range values {
			if hasNullableItem(v.Type) && !isRetired(v) {
				reportf(p, v.TypeLocation(), "%s has nullable items: %q", called(v), v.Type)
			}
		}
	}
	return nil
}

// hasNullableItem reports whether a list, or a list in a list, has items that
// may be null.
func hasNullableItem(r *graphql.TypeRef) bool {
	for ; r.IsList(); r = r.Elem {
		if !r.Elem.NonNull {
			return true
		}
	}
	return false
}

// mayHaveHoles reports whether a list keeps the places of things that cannot
// be read: the page of a connection, or the answers to a list of keys.
func mayHaveHoles(f *graphql.Field) bool {
	if f.Name == "edges" || f.Name == "nodes" {
		if len(f.Args) == 0 && hasPage(f.Parent()) {
			return true
		}
	}
	return slices.ContainsFunc(f.Args, func(a *graphql.InputValue) bool { return a.Type.IsList() && a.Required() })
}
