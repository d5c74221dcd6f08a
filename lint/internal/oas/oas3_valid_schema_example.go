package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas3ValidSchemaExample = &rule{
	Meta: check.Meta{
		ID:      "oas3-valid-schema-example",
		Summary: "The example and default of a schema in OpenAPI 3 must be valid against it.",
		Rationale: "An example that its own schema rejects misleads readers, and breaks the mock servers and tests that are made of " +
			"it; often it is the schema that is wrong. Mend the one that lies. A schema that makes no sense, such as one " +
			"with a type that does not exist, is reported at its example.",
		Severity: check.Error, Tags: []string{"openapi", "oas3", "examples", "schemas", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOAS3ValidSchemaExample,
}

func checkOAS3ValidSchemaExample(_ context.Context, p *pass) error {
	if p.Subject.Version() == openapi.V20 {
		return nil
	}
	return checkSchemaExamples(p, "example", "default")
}
