package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var noOffsetPagination = &rule{
	Meta: check.Meta{
		ID:      "graphql-no-offset-pagination",
		Summary: "Lists must be paged by cursor, not by offset.",
		Rationale: "When items are added or removed while a client goes through the pages, an offset skips some and shows " +
			"others twice, and the database reads all that it skips. A cursor does neither.",
		Severity: check.Info, Tags: []string{"graphql", "pagination", "arguments", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkNoOffsetPagination,
}

func checkNoOffsetPagination(_ context.Context, p *pass) error {
	for _, f := range p.Subject.Fields {
		if t := f.Type.Type(); t == nil || !f.Type.IsList() && !t.IsComposite() {
			continue
		}
		for _, a := range f.Args {
			switch a.Name {
			case "offset", "skip", "page", "pageNumber":
				if a.Type.Name == "Int" && !a.Type.IsList() && !isRetired(a) {
					reportf(p, a.Location(), "%s pages by offset", called(a))
				}
			}
		}
	}
	return nil
}
