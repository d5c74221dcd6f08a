package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var mutationDeleteNotDestroy = &rule{
	Meta: check.Meta{
		ID:      "graphql-mutation-delete-not-destroy",
		Summary: "A mutation that removes something must be called delete, not destroy.",
		Rationale: "One word for one act: a reader who knows how to delete an issue then knows how to delete a note. Acts of " +
			"another kind keep their own verb, such as remove for what goes on existing elsewhere.",
		Severity: check.Info, Tags: []string{"graphql", "naming", "mutations", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkMutationDeleteNotDestroy,
}

func checkMutationDeleteNotDestroy(_ context.Context, p *pass) error {
	for _, f := range mutations(p.Subject) {
		if first, last := firstWord(f.Name), lastWord(f.Name); !isRetired(f) &&
			(strings.EqualFold(first, "destroy") || strings.EqualFold(last, "destroy")) {
			reportf(p, f.Location(), "%s says %q", called(f), "destroy")
		}
	}
	return nil
}
