package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api8DefineCorsOrigin = &rule{
	Meta: check.Meta{
		ID:        "owasp-api8-2023-define-cors-origin",
		Summary:   "Answers with headers say which origins may read them.",
		Rationale: "Without `Access-Control-Allow-Origin` it is not known which pages may call the API from a browser. Declare it where other headers are declared.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API8:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api8:2023-define-cors-origin"},
	},
	Check: checkAPI8DefineCorsOrigin,
}

func checkAPI8DefineCorsOrigin(_ context.Context, p *pass) error {
	for _, n := range p.Subject.Nodes(openapi.ResponseRole) {
		if h := n.Get("headers"); h != nil && !h.Has("Access-Control-Allow-Origin") {
			p.Reportf(at(h), "the headers are without Access-Control-Allow-Origin")
		}
	}
	return nil
}
