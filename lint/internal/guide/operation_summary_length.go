package guide

import (
	"context"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
)

var operationSummaryLength = &rule{
	Meta: check.Meta{
		ID:        "operation-summary-length",
		Summary:   "The summary of an operation should fit on one line.",
		Rationale: "Summaries become entries of menus and lists of functions, where what is beyond 120 characters is cut. Say the rest in the description.",
		Severity:  check.Info, Tags: []string{"openapi", "operation", "documentation", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkOperationSummaryLength,
}

const maxSummary = 120 // characters

func checkOperationSummaryLength(_ context.Context, p *pass) error {
	for _, op := range p.Subject.Operations() {
		s := op.Node.Get("summary")
		if len(s.Text()) <= maxSummary {
			continue
		}
		if n := utf8.RuneCountInString(s.Text()); n > maxSummary {
			p.Reportf(s.Location(), "the summary of %s has %d characters, more than %d", op, n, maxSummary)
		}
	}
	return nil
}
