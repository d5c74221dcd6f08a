package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var operationTagDefined = &rule{
	Meta: check.Meta{
		ID:      "operation-tag-defined",
		Summary: "Tags of operations must be defined by the document.",
		Rationale: "A tag that the document's `tags` do not define has no description, and its place among the others is " +
			"left to the tool. Often it is a misspelling of one that is defined. Define it, or use the name of the " +
			"one that was meant.",
		Fix:      "Adds the tag, with its name only, to the tags of the document.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "operations", "tags", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOperationTagDefined,
}

func checkOperationTagDefined(_ context.Context, p *pass) error {
	doc := p.Subject
	defined := map[string]bool{}
	e, fixes := &edit.Editor{}, map[string]*check.Fix{}
	if tags := member(doc, doc.Root(), "tags"); tags.Is(openapi.Array) {
		for _, tag := range tags.Children() {
			if name, ok := member(doc, tag, "name").Str(); ok {
				defined[name] = true
			}
		}
	}
	for _, o := range uniqueOperations(doc) {
		tags := member(doc, o.node, "tags")
		if !o.node.Is(openapi.Object) || !tags.Is(openapi.Array) {
			continue
		}
		for _, tag := range tags.Children() {
			if name, ok := resolved(doc, tag).Str(); !ok || !defined[name] {
				if _, known := fixes[name]; ok && !known {
					fixes[name] = declareTag(e, doc, name)
				}
				mend(p, Place(written(doc, tag)), fixes[name], "tag %q is not defined in the tags of the document", tag.Text())
			}
		}
	}
	return nil
}
