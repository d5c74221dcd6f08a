package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas2Schema = &rule{
	Meta: check.Meta{
		ID:      "oas2-schema",
		Summary: "A Swagger 2.0 description must match the published schema.",
		Rationale: "What the schema does not allow, tools do not expect: some stop, others leave it out and say nothing. " +
			"The schema is the one that the OpenAPI Initiative publishes. A misspelt member, one of another version " +
			"and a value of the wrong type are its usual findings. A parameter that fits no location is reported once " +
			"for each reason and location; mend the first reason and look again.",
		Severity: check.Error, Tags: []string{"openapi", "oas2", "structure", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOAS2Schema,
}

func checkOAS2Schema(_ context.Context, p *pass) error {
	if p.Subject.Version() != openapi.V20 {
		return nil
	}
	return checkDocumentSchema(p)
}
