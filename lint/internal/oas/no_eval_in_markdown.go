package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var noEvalInMarkdown = &rule{
	Meta: check.Meta{
		ID:      "no-eval-in-markdown",
		Summary: "Titles and descriptions must not contain calls of eval.",
		Rationale: "Descriptions are Markdown, and tools turn them into pages that others open. A call of `eval(` has no " +
			"business there, and a page that does not escape it runs it. If a text is about the function, write its " +
			"name without the parenthesis.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "security", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkNoEvalInMarkdown,
}

func checkNoEvalInMarkdown(_ context.Context, p *pass) error {
	reportInMarkdown(p, "eval(")
	return nil
}
