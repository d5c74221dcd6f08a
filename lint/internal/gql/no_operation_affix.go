package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var noOperationAffix = &rule{
	Meta: check.Meta{
		ID:      "graphql-no-operation-affix",
		Summary: "The name of a root field must not say which operation it is part of.",
		Rationale: "The operation is written in front of every document: `mutation { createIssueMutation }` says it twice, " +
			"and generated hooks and functions add it a third time.",
		Severity: check.Warning, Tags: []string{"graphql", "naming", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkNoOperationAffix,
}

func checkNoOperationAffix(_ context.Context, p *pass) error {
	s := p.Subject
	for _, root := range []struct {
		t    *graphql.Type
		word string
	}{{s.Query, "Query"}, {s.Mutation, "Mutation"}, {s.Subscription, "Subscription"}} {
		if root.t == nil {
			continue
		}
		for _, f := range root.t.Fields {
			_, prefix := cutWord(f.Name, root.word)
			prefix = prefix && root.word != "Query" // to query is a verb too; see no-get-prefix
			if suffix := len(f.Name) > len(root.word) && lastWord(f.Name) == root.word; (prefix || suffix) && !isRetired(f) {
				reportf(p, f.Location(), "%s has the word %q", called(f), root.word)
			}
		}
	}
	return nil
}
