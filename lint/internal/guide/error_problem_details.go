package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

const problemJSON = "application/problem+json"

var errorProblemDetails = &rule{
	Meta: check.Meta{
		ID:      "error-problem-details",
		Summary: "Error responses should have the media type application/problem+json.",
		Rationale: "RFC 9457 gives errors one form that libraries know: `type`, `title`, `status`, `detail` and `instance`, open for more. " +
			"An API that adopts it should do so for every response of the classes 4xx and 5xx that has a body.",
		Severity: check.Warning, Tags: []string{"openapi", "errors"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkErrorProblemDetails,
}

func checkErrorProblemDetails(_ context.Context, p *pass) error {
	d := p.Subject
	seen := map[*openapi.Node]bool{}
	for _, op := range d.Operations() {
		if !isRequest(op) {
			continue
		}
		for _, a := range answers(d, op) {
			if !a.failure() || seen[a.node] || len(bodies(d, a.node)) == 0 || hasProblemBody(d, op, a.node) {
				continue
			}
			seen[a.node] = true
			p.Reportf(a.at.KeyLocation(), "response %q of %s has a body, but not of the media type %q", a.code, op, problemJSON)
		}
	}
	return nil
}

func hasProblemBody(d *openapi.Document, op *openapi.Operation, response *openapi.Node) bool {
	if d.Version() == openapi.V20 {
		produces := op.Node.Get("produces")
		if produces == nil {
			produces = d.Root().Get("produces")
		}
		for _, m := range produces.Children() {
			if mediaTypeName(m.Text()) == problemJSON {
				return true
			}
		}
		return false
	}
	for _, m := range response.Get("content").Children() {
		if mediaTypeName(m.Key()) == problemJSON {
			return true
		}
	}
	return false
}
