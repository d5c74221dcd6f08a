package oas

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var openapiTagsUniqueness = &rule{
	Meta: check.Meta{
		ID:      "openapi-tags-uniqueness",
		Summary: "Each tag must be defined once.",
		Rationale: "A tag defined twice has two descriptions, and which one a reader sees depends on the tool. Keep one of " +
			"the definitions, or give the second its own name.",
		Fix:      "Removes the second definition where it says no more than the first.",
		Severity: check.Error, Tags: []string{"openapi", "oas2", "oas3", "tags", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOpenapiTagsUniqueness,
}

func checkOpenapiTagsUniqueness(_ context.Context, p *pass) error {
	doc := p.Subject
	tags := member(doc, doc.Root(), "tags")
	if !tags.Is(openapi.Array) {
		return nil
	}
	for _, tag := range tags.Children() {
		if !member(doc, tag, "name").Is(openapi.String) {
			return nil // no list of tags: what its members are called says nothing
		}
	}
	first := make(map[string]*openapi.Node, tags.Len())
	report, e := once{p: p}, &edit.Editor{}
	for _, tag := range tags.Children() {
		v, at := field(doc, tag, "name")
		if known := first[v.Text()]; known != nil {
			report.Mend(at, v.Text(), fmt.Sprintf("tag %q is already defined on line %d", v.Text(), known.Location().Line),
				func() *check.Fix {
					if resolved(doc, tag).Len() > 1 && canonical(doc, tag) != canonical(doc, known.Parent()) {
						return nil // it says more than that the tag is there
					}
					return edit.Fix("Remove the second definition", e.Remove(tag))
				},
				check.Related{Message: "first defined here", Location: known.Location()})
			continue
		}
		first[v.Text()] = at
	}
	return nil
}
