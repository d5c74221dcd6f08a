package oas

import (
	"context"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var operationSingularTag = &rule{
	Meta: check.Meta{
		ID:      "operation-singular-tag",
		Summary: "An operation must not have more than one tag.",
		Rationale: "A tag is a chapter of the reference. An operation with two stands in two chapters, and generators that " +
			"make one client per tag generate it twice. Keep the tag under which a reader would look first.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "operations", "tags", "spectral:oas"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkOperationSingularTag,
}

func checkOperationSingularTag(_ context.Context, p *pass) error {
	doc := p.Subject
	for _, o := range uniqueOperations(doc) {
		v, at := field(doc, o.at, "tags")
		size := v.Len()
		switch v.Kind() {
		case openapi.String:
			size = utf8.RuneCountInString(v.Text())
		case openapi.Number:
			f, _ := v.Float()
			size = int(min(f, 2))
			if f > 1 {
				size = 2
			}
		}
		if size > 1 {
			p.Reportf(Place(at), "%s has %d tags", o, size)
		}
	}
	return nil
}
