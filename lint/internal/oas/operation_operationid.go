package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var operationOperationId = &rule{
	Meta: check.Meta{
		ID:      "operation-operationId",
		Summary: "An operation must have an operationId.",
		Rationale: "Generators name methods after the `operationId`, links and tests refer to it, and changelogs speak of " +
			"it. Without one each tool invents a name from method and path, which changes with the path. Give every " +
			"operation an `operationId` and keep it.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "operations", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOperationOperationId,
}

func checkOperationOperationId(_ context.Context, p *pass) error {
	reportEmptyInOperations(p, "operationId")
	return nil
}
