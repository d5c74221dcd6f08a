package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var oas2OneOf = &rule{
	Meta: check.Meta{
		ID:      "oas2-oneOf",
		Summary: "Schemas of OpenAPI 2.0 must not use oneOf.",
		Rationale: "OpenAPI 2.0 knows `allOf` only; `oneOf` came with 3.0. Tools for 2.0 ignore it, so that the schema " +
			"allows more than it seems to. Describe the alternatives in words, or move the description to OpenAPI 3.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "schemas", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas2OneOf,
}

func checkOas2OneOf(_ context.Context, p *pass) error {
	reportKeyword(p, "oneOf")
	return nil
}
