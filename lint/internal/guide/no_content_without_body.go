package guide

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var noContentWithoutBody = &rule{
	Meta: check.Meta{
		ID:      "no-content-without-body",
		Summary: "The responses 1xx, 204, 205 and 304 must not have a body.",
		Rationale: "RFC 9110 (sections 6.4.1, 15.3.5, 15.3.6, 15.4.5) leaves these responses without content: servers drop what is written, and clients that wait for it hang or fail. " +
			"Answer 200 where there is something to say, or remove the body from the description.",
		Fix:      "Removes the body; unsafe, for what it describes may belong to another response.",
		Severity: check.Error, Tags: []string{"openapi", "responses", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkNoContentWithoutBody,
}

func checkNoContentWithoutBody(_ context.Context, p *pass) error {
	d, e := p.Subject, &edit.Editor{}
	seen := map[*openapi.Node]bool{}
	for _, op := range d.Operations() {
		for _, a := range answers(d, op) {
			if a.node == nil || !isBodyless(a.code) {
				continue
			}
			key := "content"
			if d.Version() == openapi.V20 {
				key = "schema"
			}
			at := a.node.Get(key)
			if at == nil || at.Len() == 0 || seen[at] {
				continue
			}
			seen[at] = true
			mend(p, at.KeyLocation(), edit.Unsafe(fmt.Sprintf("Remove %q", key), e.Remove(at)), "response %q of %s has a body", a.code, op)
		}
	}
	return nil
}

func isBodyless(code string) bool {
	switch code {
	case "204", "205", "304":
		return true
	}
	return len(code) == 3 && code[0] == '1'
}
