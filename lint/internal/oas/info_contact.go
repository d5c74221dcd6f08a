package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/ecma"
)

var infoContact = &rule{
	Meta: check.Meta{
		ID:      "info-contact",
		Summary: "The info object must have a contact.",
		Rationale: "Whoever integrates an API needs to know whom to ask when it does not behave as described. Give " +
			"`info.contact` a name and a URL or an e-mail address that will still be read in a year, so that of a " +
			"team rather than of a person.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "info", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkInfoContact,
}

func checkInfoContact(_ context.Context, p *pass) error {
	doc := p.Subject
	if v, at := field(doc, doc.Root(), "info", "contact"); !ecma.Truthy(v) {
		reportEmpty(p, v, at, "the description", "info.contact")
	}
	return nil
}
