package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas3ValidMediaExample = &rule{
	Meta: check.Meta{
		ID:      "oas3-valid-media-example",
		Summary: "The examples of a media type, parameter or header in OpenAPI 3 must be valid against its schema.",
		Rationale: "An example that its own schema rejects misleads readers, and breaks the mock servers and tests that are made of " +
			"it; often it is the schema that is wrong. Mend the one that lies. In requests a required property that is " +
			"readOnly may be missing, in responses one that is writeOnly.",
		Severity: check.Error, Tags: []string{"openapi", "oas3", "examples", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOAS3ValidMediaExample,
}

func checkOAS3ValidMediaExample(_ context.Context, p *pass) error {
	if p.Subject.Version() == openapi.V20 {
		return nil
	}
	return checkMediaExamples(p)
}
