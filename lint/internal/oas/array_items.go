package oas

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var arrayItems = &rule{
	Meta: check.Meta{
		ID:      "array-items",
		Summary: "A schema of type array must have items.",
		Rationale: "An array whose elements are not described can hold anything, and generators stop at it or fall back to " +
			"an untyped list. OpenAPI 2.0 and 3.0 require `items` for that reason. Where anything is really allowed, " +
			"say so with `items: {}`.",
		Fix:      "Adds `items: {}`, which says what is meant now: any items.",
		Severity: check.Error, Tags: []string{"openapi", "oas2", "oas3", "schemas", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkArrayItems,
}

func checkArrayItems(_ context.Context, p *pass) error {
	list := p.Subject.Version() >= openapi.V31
	root, e := p.Subject.Root(), &edit.Editor{}
	raw(root, func(n *openapi.Node) {
		if n == root || !isArrayType(n.Get("type"), list) {
			return
		}
		switch items := n.Get("items"); {
		case items == nil:
			var fix *check.Fix
			if n.Role() == openapi.SchemaRole { // in parameters and headers of 2.0 items need a type
				fix = edit.Fix("Add items: {}", e.Set(n, "items", edit.Object{}))
			}
			mend(p, Place(n), fix, "the array has no items")
		case !ecma.Truthy(items):
			p.Reportf(Place(items), "items of the array is %s", kindOf(items))
		}
	})
	return nil
}

// isArrayType reports whether a type is "array", alone or as the only member
// of a list. From 3.1, where types may be listed, it may be one of several.
func isArrayType(t *openapi.Node, list bool) bool {
	switch {
	case t.Is(openapi.String):
		return t.Text() == "array"
	case !t.Is(openapi.Array) || !list && t.Len() != 1:
		return false
	}
	return slices.ContainsFunc(t.Children(), func(c *openapi.Node) bool {
		return c.Is(openapi.String) && c.Text() == "array"
	})
}
