package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var noTopLevelArray = &rule{
	Meta: check.Meta{
		ID:      "no-top-level-array",
		Summary: "A JSON response should be an object, not an array.",
		Rationale: "An array cannot grow: there is no place for a total, a cursor or a warning without breaking every client. `{\"items\": []}` has room. " +
			"APIs that page by headers return arrays on purpose, so this rule must be asked for.",
		Severity: check.Info, Tags: []string{"openapi", "responses"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkNoTopLevelArray,
}

func checkNoTopLevelArray(_ context.Context, p *pass) error {
	d := p.Subject
	seen := map[*openapi.Node]bool{}
	for _, op := range d.Operations() {
		if !isRequest(op) {
			continue
		}
		for _, a := range answers(d, op) {
			if a.success() && a.node != nil && !seen[a.node] && typesOf(d, jsonSchema(d, a.node)) == arrayType {
				seen[a.node] = true
				p.Reportf(a.at.KeyLocation(), "response %q of %s is an array", a.code, op)
			}
		}
	}
	return nil
}
