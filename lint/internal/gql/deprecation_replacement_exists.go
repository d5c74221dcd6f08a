package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var deprecationReplacementExists = &rule{
	Meta: check.Meta{
		ID:      "graphql-deprecation-replacement-exists",
		Summary: "What the reason of a deprecation says to use must exist.",
		Rationale: "A reason that names a field nobody can find is worse than none: the client has looked, and still does " +
			"not know. It happens when the replacement is renamed, removed or not yet there. Names are looked up " +
			"among the neighbours of the element first, then in the whole schema.",
		Severity: check.Warning, Tags: []string{"graphql", "deprecation", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkDeprecationReplacementExists,
}

func checkDeprecationReplacementExists(_ context.Context, p *pass) error {
	var names map[string]bool
	for e, d := range deprecated(p.Subject) {
		if isExperiment(d.Reason) {
			continue
		}
		for _, name := range replacements(d.Reason) {
			if replacement(p.Subject, e, name) != nil {
				continue
			}
			if names == nil {
				names = allNames(p.Subject)
			}
			if strings.ContainsAny(name, ".(@") || !names[name] {
				reportKeyf(p, deprecationLocation(e), name, "the reason of %s names %q, which does not exist", called(e), name)
			}
		}
	}
	return nil
}

// allNames returns the names of all elements. A name in a reason that is
// somewhere in the schema is not held to be wrong.
func allNames(s *graphql.Schema) map[string]bool {
	names := map[string]bool{}
	for e := range s.Elements() {
		names[e.Base().Name] = true
	}
	for _, t := range s.BuiltIns() {
		names[t.Name] = true
	}
	return names
}
