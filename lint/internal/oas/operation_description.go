package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var operationDescription = &rule{
	Meta: check.Meta{
		ID:      "operation-description",
		Summary: "An operation must have a description.",
		Rationale: "A summary names an operation; only a description says what it does, what it needs and what can go wrong. " +
			"It is what support is spared from answering. Write `description` in Markdown, for a reader who has not " +
			"seen the code.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "operations", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOperationDescription,
}

func checkOperationDescription(_ context.Context, p *pass) error {
	reportEmptyInOperations(p, "description")
	return nil
}
