package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var operationTags = &rule{
	Meta: check.Meta{
		ID:      "operation-tags",
		Summary: "An operation must have a tag.",
		Rationale: "Tags are how reference pages and generators group operations. One without a tag lands in a group called " +
			"default, where nobody looks for it. List in `tags` the one that fits best.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "operations", "tags", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOperationTags,
}

func checkOperationTags(_ context.Context, p *pass) error {
	for _, o := range uniqueOperations(p.Subject) {
		reportNoList(p, o.at, o.String(), "tags")
	}
	return nil
}
