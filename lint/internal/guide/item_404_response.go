package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var item404Response = &rule{
	Meta: check.Meta{
		ID:      "item-404-response",
		Summary: "An operation on one item must describe the response 404.",
		Rationale: "A path that ends in a parameter names one item, and the item may not be there: never created, deleted, hidden. Describe 404, 410, `4XX` or `default`. " +
			"PUT, which may create the item, and POST are not reported.",
		Severity: check.Warning, Tags: []string{"openapi", "errors", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkItem404Response,
}

func checkItem404Response(_ context.Context, p *pass) error {
	for _, op := range p.Subject.Operations() {
		if !isRequest(op) || !isTemplate(lastSegment(op.Path)) || op.Node.Get("responses").Len() == 0 {
			continue
		}
		switch op.Method {
		case "GET", "HEAD", "PATCH", "DELETE":
			if !declares(op, "404", "410") {
				p.Reportf(op.Node.Get("responses").KeyLocation(), "%s names one item and describes no response 404", op)
			}
		}
	}
	return nil
}
