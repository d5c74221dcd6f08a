package oas

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var oas32NoDeprecatedXmlAttribute = &rule{
	Meta: check.Meta{
		ID:      "oas3_2-no-deprecated-xml-attribute",
		Summary: "XML objects must say nodeType instead of attribute.",
		Rationale: "OpenAPI 3.2 deprecates `attribute: true`: `nodeType: attribute` says the same, and says as well what " +
			"else a node can be (element, text, CDATA, none). Replace it before a later version drops it.",
		Fix:      "Writes `nodeType: attribute`, which means the same.",
		Severity: check.Warning, Tags: []string{"openapi", "oas3", "schemas", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas32NoDeprecatedXmlAttribute,
}

func checkOas32NoDeprecatedXmlAttribute(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() != openapi.V32 {
		return nil
	}
	report, e := once{p: p}, &edit.Editor{}
	everywhere(doc, func(n *openapi.Node) {
		xml := n.Get("xml")
		if xml == nil {
			return
		}
		switch v := resolved(doc, xml); {
		case !ecma.Truthy(v):
		case !v.Is(openapi.Object):
			report.Report(written(doc, xml), "", fmt.Sprintf("xml is %s, not an object", kindOf(v)))
		case member(doc, v, "attribute").IsTrue():
			report.Mend(written(doc, xml), "", "xml uses attribute, which is deprecated", func() *check.Fix { return attributeNode(e, v) })
		}
	})
	return nil
}
