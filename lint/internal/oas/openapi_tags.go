package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var openapiTags = &rule{
	Meta: check.Meta{
		ID:      "openapi-tags",
		Summary: "The document must have a list of tags that is not empty.",
		Rationale: "Reference pages group operations by tag, in the order of the document's own list. Without the list the " +
			"groups have no description and no order. List each tag with its description in `tags`.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "tags", "spectral:oas"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkOpenapiTags,
}

func checkOpenapiTags(_ context.Context, p *pass) error {
	doc := p.Subject
	reportNoList(p, doc.Root(), "the description", "tags")
	return nil
}
