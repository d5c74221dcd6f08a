package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var pagingMissing = &rule{
	Meta: check.Meta{
		ID:      "parity-paging-missing",
		Summary: "A list that one API cuts into pages should be cut by the other too.",
		Rationale: "A list without pages grows with the data until a request takes too long for a server or too much for a " +
			"client. That one of the APIs has pages shows that the list is long.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "graphql", "pagination"}, Since: since,
	},
	Check: checkPagingMissing,
}

func checkPagingMissing(_ context.Context, p *pass) error {
	for tr := range traits(p.Subject, PagingTopic) {
		switch {
		case !tr.wants.effect(tr.Effect):
		case tr.Effect == restLacks:
			reportTrait(p, tr, false, "%s has no pages, but %s has", tr.rest, tr.graphql)
		case tr.Effect == graphqlLacks:
			reportTrait(p, tr, true, "%s has no pages, but %s has", tr.graphql, tr.rest)
		}
	}
	return nil
}
