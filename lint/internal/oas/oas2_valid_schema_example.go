package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas2ValidSchemaExample = &rule{
	Meta: check.Meta{
		ID:      "oas2-valid-schema-example",
		Summary: "The example and default of a schema in Swagger 2.0 must be valid against it.",
		Rationale: "An example that its own schema rejects misleads readers, and breaks the mock servers and tests that are made of " +
			"it; often it is the schema that is wrong. Mend the one that lies. A schema that makes no sense, such as one " +
			"with a type that does not exist, is reported at its example.",
		Severity: check.Error, Tags: []string{"openapi", "oas2", "examples", "schemas", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOAS2ValidSchemaExample,
}

func checkOAS2ValidSchemaExample(_ context.Context, p *pass) error {
	if p.Subject.Version() != openapi.V20 {
		return nil
	}
	return checkSchemaExamples(p, "example", "x-example", "default")
}
