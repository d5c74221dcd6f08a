package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var collectionPagination = &rule{
	Meta: check.Meta{
		ID:      "collection-pagination",
		Summary: "A GET that returns a collection must be paginated.",
		Rationale: "A collection grows. Without a page size the answer grows with it until it times out, and pagination that comes later breaks every client that counted on the whole. " +
			"Declare the parameters that ask for a page (`page` and `per_page`, `offset` and `limit`, a cursor), a `Link` header, or bound the array with `maxItems`. " +
			"Arrays of strings and numbers are not reported.",
		Severity: check.Warning, Tags: []string{"openapi", "pagination", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkCollectionPagination,
}

func checkCollectionPagination(_ context.Context, p *pass) error {
	d := p.Subject
	for _, op := range d.Operations() {
		c, ok := collectionOf(d, op)
		if !ok || c.array.Has("maxItems") || c.leadsOn(d) || pagingOf(d, op).paginated() {
			continue
		}
		p.Reportf(op.Node.KeyLocation(), "%s returns an array of objects without pagination", op)
	}
	return nil
}
