package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var operationSecurity = &rule{
	Meta: check.Meta{
		ID:        "operation-security",
		Summary:   "Every operation must say what credentials it requires.",
		Rationale: "Silence about security means that anyone may call, which is rarely true. Say it once for the whole document, or for each operation; `security: []` says that an operation is open.",
		Severity:  check.Warning, Tags: []string{"openapi", "security"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkOperationSecurity,
}

func checkOperationSecurity(_ context.Context, p *pass) error {
	d := p.Subject
	for _, op := range d.Operations() {
		if isRequest(op) && securityOf(d, op) == nil {
			p.Reportf(op.Node.KeyLocation(), "%s has no security", op)
		}
	}
	return nil
}
