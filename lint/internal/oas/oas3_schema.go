package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas3Schema = &rule{
	Meta: check.Meta{
		ID:      "oas3-schema",
		Summary: "An OpenAPI 3 description must match the published schema of its version.",
		Rationale: "What the schema does not allow, tools do not expect: some stop, others leave it out and say nothing. " +
			"The schemas are those that the OpenAPI Initiative publishes for 3.0, 3.1 and 3.2; from 3.1 on the schemas " +
			"within the description are checked as JSON Schema 2020-12. A misspelt member, one of another version and " +
			"a value of the wrong type are the usual findings.",
		Severity: check.Error, Tags: []string{"openapi", "oas3", "structure", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOAS3Schema,
}

func checkOAS3Schema(_ context.Context, p *pass) error {
	if p.Subject.Version() == openapi.V20 {
		return nil
	}
	return checkDocumentSchema(p)
}
