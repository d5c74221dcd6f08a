package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/ecma"
)

var infoDescription = &rule{
	Meta: check.Meta{
		ID:      "info-description",
		Summary: "The info object must have a description.",
		Rationale: "The description is the first thing that a reader of the reference sees. Without it the title alone has " +
			"to say what the API is for, who may use it and where to begin. A few sentences of Markdown in " +
			"`info.description` are enough.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "info", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkInfoDescription,
}

func checkInfoDescription(_ context.Context, p *pass) error {
	doc := p.Subject
	if v, at := field(doc, doc.Root(), "info", "description"); !ecma.Truthy(v) {
		reportEmpty(p, v, at, "the description", "info.description")
	}
	return nil
}
