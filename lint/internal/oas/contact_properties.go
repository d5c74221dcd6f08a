package oas

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/ecma"
)

var contactProperties = &rule{
	Meta: check.Meta{
		ID:      "contact-properties",
		Summary: "The contact must have a name, a URL and an e-mail address.",
		Rationale: "One way to reach somebody is often the wrong one: a page for those who look for help, an address for " +
			"those who report a hole, a name for those who phone. Fill in `name`, `url` and `email` of " +
			"`info.contact`.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "info", "spectral:oas"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkContactProperties,
}

func checkContactProperties(_ context.Context, p *pass) error {
	doc := p.Subject
	contact := member(doc, doc.Root(), "info").Get("contact")
	if contact == nil {
		return nil
	}
	if v := resolved(doc, contact); !container(v) {
		if !ecma.Truthy(v) {
			p.Reportf(Place(contact), "info.contact is empty")
		}
		return nil
	}
	var missing []string
	for _, name := range []string{"name", "url", "email"} {
		v, at := field(doc, contact, name)
		switch {
		case v == nil:
			missing = append(missing, name)
		case !ecma.Truthy(v):
			p.Reportf(Place(at), "info.contact.%s is empty", name)
		}
	}
	if len(missing) > 0 {
		p.Reportf(Place(written(doc, contact)), "info.contact has no %s", strings.Join(missing, ", no "))
	}
	return nil
}
