package oas

import (
	"context"
	"fmt"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas3OperationSecurityDefined = &rule{
	Meta: check.Meta{
		ID:      "oas3-operation-security-defined",
		Summary: "Security requirements must name a scheme and scopes that are defined.",
		Rationale: "A requirement names a member of `components.securitySchemes`, and for OAuth 2 scopes that one of its " +
			"flows lists. A name that is not defined leaves clients without a way to authenticate, and reviewers with " +
			"the belief that the operation is protected. Define the scheme or mend the name.",
		Severity: check.Warning, Tags: []string{"openapi", "oas3", "security", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas3OperationSecurityDefined,
}

func checkOas3OperationSecurityDefined(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() == openapi.V20 {
		return nil
	}
	schemes := doc.Root().Get("components").Get("securitySchemes")
	checkSecurity(p, schemes, "components.securitySchemes", func(scheme *openapi.Node, scope string) bool {
		return slices.ContainsFunc(scheme.Get("flows").Children(), func(flow *openapi.Node) bool {
			return flow.Get("scopes").Has(scope)
		})
	})
	return nil
}

// checkSecurity reports the requirements of the document and of its
// operations that name schemes or scopes that are not defined. The schemes
// are those of the document as it is written.
func checkSecurity(p *pass, schemes *openapi.Node, where string, hasScope func(scheme *openapi.Node, scope string) bool) {
	doc := p.Subject
	report := once{p: p}
	check := func(list *openapi.Node, what string) {
		for _, c := range list.Children() {
			requirement := resolved(doc, c)
			if !isRequirement(doc, requirement) {
				continue
			}
			for _, scopes := range requirement.Children() {
				name := scopes.Key()
				if !schemes.Has(name) {
					report.Report(writtenMember(doc, c, name), what+" "+name, fmt.Sprintf("security scheme %q is not defined in %s", name, where))
					continue
				}
				for _, scope := range resolved(doc, scopes).Children() {
					if text := resolved(doc, scope).Text(); !hasScope(schemes.Get(name), text) {
						report.Report(written(doc, scope), text, fmt.Sprintf("scope %q is not defined by the security scheme %q", text, name))
					}
				}
			}
		}
	}
	check(member(doc, doc.Root(), "security"), "document")
	for _, o := range uniqueOperations(doc) {
		check(member(doc, o.node, "security"), "operation")
	}
}

// isRequirement reports whether a value is a map from names to lists of
// strings.
func isRequirement(doc *openapi.Document, n *openapi.Node) bool {
	return n.Is(openapi.Object) && !slices.ContainsFunc(n.Children(), func(c *openapi.Node) bool {
		v := resolved(doc, c)
		return !v.Is(openapi.Array) || slices.ContainsFunc(v.Children(), func(s *openapi.Node) bool {
			return !resolved(doc, s).Is(openapi.String)
		})
	})
}
