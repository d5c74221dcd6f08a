package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/ecma"
)

var licenseUrl = &rule{
	Meta: check.Meta{
		ID:      "license-url",
		Summary: "The license must have a URL.",
		Rationale: "The name of a licence is ambiguous: there are many that call themselves BSD. A URL leads to the words " +
			"that count. Put the address of the full text into `info.license.url`.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "info", "spectral:oas"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkLicenseUrl,
}

func checkLicenseUrl(_ context.Context, p *pass) error {
	doc := p.Subject
	if v, at := field(doc, doc.Root(), "info", "license", "url"); !ecma.Truthy(v) {
		reportEmpty(p, v, at, "the description", "info.license.url")
	}
	return nil
}
