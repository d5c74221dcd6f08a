package guide

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/check"
)

var create201Response = &rule{
	Meta: check.Meta{
		ID:      "create-201-response",
		Summary: "A POST to a collection should answer 201 or 202.",
		Rationale: "201 tells a client that something exists now that did not, and `Location` says where; 202 that it will. 200 says neither. " +
			"A POST counts as creating where the same path with one parameter more names an item.",
		Severity: check.Warning, Tags: []string{"openapi", "responses", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkCreate201Response,
}

func checkCreate201Response(_ context.Context, p *pass) error {
	d := p.Subject
	items := map[string]bool{} // paths of collections that have items
	for _, op := range d.Operations() {
		last := lastSegment(op.Path)
		if isRequest(op) && isTemplate(last) && (op.Method == "GET" || op.Method == "DELETE" || op.Method == "PATCH" || op.Method == "PUT") {
			items[op.Path[:len(op.Path)-len(last)-1]] = true
		}
	}
	for _, op := range d.Operations() {
		if op.Method != "POST" || !isRequest(op) || !items[op.Path] {
			continue
		}
		all := answers(d, op)
		creates := func(a answer) bool { return a.success() && a.code != "200" }
		if i := slices.IndexFunc(all, answer.success); i >= 0 && !slices.ContainsFunc(all, creates) {
			p.Reportf(all[i].at.KeyLocation(), "%s creates an item and answers %q", op, all[i].code)
		}
	}
	return nil
}
