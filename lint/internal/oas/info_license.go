package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/ecma"
)

var infoLicense = &rule{
	Meta: check.Meta{
		ID:      "info-license",
		Summary: "The info object must have a license.",
		Rationale: "Whether a description may be copied, and clients made from it, is a legal question that a reader cannot " +
			"answer alone. State the licence in `info.license`, with its name and, from OpenAPI 3.1, its SPDX " +
			"`identifier`.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "info", "spectral:oas"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkInfoLicense,
}

func checkInfoLicense(_ context.Context, p *pass) error {
	doc := p.Subject
	if v, at := field(doc, doc.Root(), "info", "license"); !ecma.Truthy(v) {
		reportEmpty(p, v, at, "the description", "info.license")
	}
	return nil
}
