package owasp

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api5AdminSecurityUnique = &rule{
	Meta: check.Meta{
		ID:        "owasp-api5-2023-admin-security-unique",
		Summary:   "Paths of administrators require other credentials than all the others.",
		Rationale: "Where administrators and users have the same credentials, one forgotten check lets users in. Give `/admin` a scheme or a scope of its own.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API5:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api5:2023-admin-security-unique"},
	},
	Check: checkAPI5AdminSecurityUnique,
}

func checkAPI5AdminSecurityUnique(_ context.Context, p *pass) error {
	others := map[string]bool{}
	requests(p, func(op *openapi.Operation) {
		for _, s := range security(p, op).Children() {
			if !strings.Contains(op.Path, "/admin") {
				others[names(s)] = true
			}
		}
	})
	requests(p, func(op *openapi.Operation) {
		for _, s := range security(p, op).Children() {
			if strings.Contains(op.Path, "/admin") && others[names(s)] {
				p.Reportf(at(op.Node), "%s is for administrators and requires what others do", op)
				return
			}
		}
	})
	return nil
}

// names are the schemes that a requirement names, with their scopes.
func names(requirement *openapi.Node) string {
	var b strings.Builder
	for _, s := range requirement.Children() {
		b.WriteString(s.Key())
		for _, scope := range s.Children() {
			b.WriteString(" " + scope.Text())
		}
		b.WriteByte('\n')
	}
	return b.String()
}
