package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas2ValidMediaExample = &rule{
	Meta: check.Meta{
		ID:      "oas2-valid-media-example",
		Summary: "The examples of a response in Swagger 2.0 must be valid against its schema.",
		Rationale: "An example that its own schema rejects misleads readers, and breaks the mock servers and tests that are made of " +
			"it; often it is the schema that is wrong. Mend the one that lies.",
		Severity: check.Error, Tags: []string{"openapi", "oas2", "examples", "responses", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOAS2ValidMediaExample,
}

func checkOAS2ValidMediaExample(_ context.Context, p *pass) error {
	if p.Subject.Version() != openapi.V20 {
		return nil
	}
	return checkMediaExamples(p)
}
