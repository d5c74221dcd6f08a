package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var noGetPrefix = &rule{
	Meta: check.Meta{
		ID:      "graphql-no-get-prefix",
		Summary: "The name of a field that reads must not begin with get, fetch or list.",
		Rationale: "A query reads by its nature. `user` and `users` say all that `getUser` and `listUsers` say, and `user { " +
			"name }` reads like what comes back. Deprecated fields are left alone.",
		Severity: check.Warning, Tags: []string{"graphql", "naming", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkNoGetPrefix,
}

func checkNoGetPrefix(_ context.Context, p *pass) error {
	s := p.Subject
	for _, f := range s.Fields {
		if f.Parent() == s.Mutation || f.Parent() == s.Subscription {
			continue
		}
		verbs := []string{"get", "fetch"}
		if f.Parent() == s.Query { // elsewhere, list may be a noun: listPrice
			verbs = []string{"get", "fetch", "list"}
		}
		for _, verb := range verbs {
			if _, ok := cutWord(f.Name, verb); ok && !isRetired(f) {
				reportf(p, f.Location(), "%s begins with %q", called(f), verb)
			}
		}
	}
	return nil
}
