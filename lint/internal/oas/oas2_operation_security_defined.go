package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas2OperationSecurityDefined = &rule{
	Meta: check.Meta{
		ID:      "oas2-operation-security-defined",
		Summary: "Security requirements must name a scheme and scopes that are defined.",
		Rationale: "A requirement names a member of `securityDefinitions`, and for OAuth 2 scopes that the scheme lists. A " +
			"name that is not defined leaves clients without a way to authenticate, and reviewers with the belief " +
			"that the operation is protected. Define the scheme or mend the name.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "security", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas2OperationSecurityDefined,
}

func checkOas2OperationSecurityDefined(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() != openapi.V20 {
		return nil
	}
	checkSecurity(p, doc.Root().Get("securityDefinitions"), "securityDefinitions", func(scheme *openapi.Node, scope string) bool {
		return scheme.Get("scopes").Is(openapi.Object) && scheme.Get("scopes").Has(scope)
	})
	return nil
}
