package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var sortingMissing = &rule{
	Meta: check.Meta{
		ID:        "parity-sorting-missing",
		Summary:   "A list that one API sorts should be sorted by the other too.",
		Rationale: "Without an order that the client chooses, the newest or the largest is only found by reading the whole list.",
		Severity:  check.Warning, Tags: []string{"parity", "openapi", "graphql", "inputs"}, Since: since,
	},
	Check: checkSortingMissing,
}

func checkSortingMissing(_ context.Context, p *pass) error {
	for tr := range traits(p.Subject, SortingTopic) {
		switch {
		case !tr.wants.effect(tr.Effect):
		case tr.Effect == restLacks:
			reportTrait(p, tr, true, "%s lets clients sort, but %s does not", tr.graphql, tr.rest)
		case tr.Effect == graphqlLacks:
			reportTrait(p, tr, false, "%s lets clients sort, but %s does not", tr.rest, tr.graphql)
		}
	}
	return nil
}
