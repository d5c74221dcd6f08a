package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var writeOperationSecurity = &rule{
	Meta: check.Meta{
		ID:      "write-operation-security",
		Summary: "An operation that changes something must say what credentials it requires.",
		Rationale: "Where an API has security schemes and uses them, a POST, PUT, PATCH or DELETE without `security` is an oversight, in the description or worse. " +
			"An operation that truly is open (a login, a webhook receiver) says so with `security: []`.",
		Severity: check.Warning, Tags: []string{"openapi", "security", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkWriteOperationSecurity,
}

func checkWriteOperationSecurity(_ context.Context, p *pass) error {
	d := p.Subject
	used := false
	for _, op := range d.Operations() {
		used = used || isRequest(op) && securityOf(d, op).Len() > 0
	}
	if !used {
		return nil
	}
	for _, op := range d.Operations() {
		switch op.Method {
		case "POST", "PUT", "PATCH", "DELETE":
			if isRequest(op) && securityOf(d, op) == nil {
				p.Reportf(op.Node.KeyLocation(), "%s has no security, in an API that has", op)
			}
		}
	}
	return nil
}
