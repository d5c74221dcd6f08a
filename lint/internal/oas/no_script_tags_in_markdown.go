package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var noScriptTagsInMarkdown = &rule{
	Meta: check.Meta{
		ID:      "no-script-tags-in-markdown",
		Summary: "Titles and descriptions must not contain script elements.",
		Rationale: "Descriptions are Markdown, and Markdown may hold HTML. Where a page shows the description without " +
			"cleaning it, a `<script>` element runs in the browser of everyone who reads the reference. Remove it; " +
			"show code in a fenced block.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "security", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkNoScriptTagsInMarkdown,
}

func checkNoScriptTagsInMarkdown(_ context.Context, p *pass) error {
	reportInMarkdown(p, "<script")
	return nil
}
