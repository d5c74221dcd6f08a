package oas

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/ecma"
)

var tagDescription = &rule{
	Meta: check.Meta{
		ID:      "tag-description",
		Summary: "Each tag must have a description.",
		Rationale: "A tag becomes a chapter of the reference, and a chapter with a name only makes the reader guess what " +
			"belongs to it. One sentence in the tag's `description` says what the operations have in common.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "tags", "spectral:oas"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkTagDescription,
}

func checkTagDescription(_ context.Context, p *pass) error {
	doc := p.Subject
	report := once{p: p}
	for _, tag := range member(doc, doc.Root(), "tags").Children() {
		if v, at := field(doc, tag, "description"); !ecma.Truthy(v) {
			report.Report(at, "", fmt.Sprintf("tag %q has no description", member(doc, tag, "name").Text()))
		}
	}
	return nil
}
