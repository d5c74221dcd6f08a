package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var mutationVerbFirst = &rule{
	Meta: check.Meta{
		ID:      "graphql-mutation-verb-first",
		Summary: "The name of a mutation must begin with a verb.",
		Rationale: "A mutation does something; `createIssue` says what, and an explorer that completes `create` shows all " +
			"that can be made. An API that sorts its mutations by resource (`issueCreate`) wants " +
			"`graphql-mutation-resource-first` instead.",
		Severity: check.Info, Tags: []string{"graphql", "naming", "mutations"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkMutationVerbFirst,
}

func checkMutationVerbFirst(_ context.Context, p *pass) error {
	for _, f := range mutations(p.Subject) {
		if word := firstWord(f.Name); !isVerb(word) && !isRetired(f) {
			reportf(p, f.Location(), "%s begins with %q, which is no verb", called(f), word)
		}
	}
	return nil
}
