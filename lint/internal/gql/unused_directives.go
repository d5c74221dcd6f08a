package gql

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/check"
)

var unusedDirectives = &rule{
	Meta: check.Meta{
		ID:      "graphql-unused-directives",
		Summary: "Every directive that is for schemas must be used.",
		Rationale: "A directive that stands nowhere does nothing; it is left over, or its uses were forgotten. Directives " +
			"that clients write in queries, those that tools bring with them, and schemas from introspection, which " +
			"does not tell uses, are left alone.",
		Severity: check.Info, Tags: []string{"graphql", "directives", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkUnusedDirectives,
}

func checkUnusedDirectives(_ context.Context, p *pass) error {
	used := make(map[string]bool)
	for _, d := range p.Subject.Uses {
		used[d.Name] = true
	}
	for _, d := range p.Subject.Directives {
		if used[d.Name] || isFederated(d.Name) || importedByLink[d.Name] || slices.ContainsFunc(d.Locations, isExecutable) ||
			d.Source() == nil || isJSON(d.Source()) {
			continue
		}
		reportf(p, d.Location(), "directive %q is not used", d.Coordinate())
	}
	return nil
}

// isExecutable reports whether a directive location is one in queries.
func isExecutable(location string) bool {
	switch location {
	case "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT", "VARIABLE_DEFINITION":
		return true
	}
	return false
}
