package oas

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var oas3ServerTrailingSlash = &rule{
	Meta: check.Meta{
		ID:      "oas3-server-trailing-slash",
		Summary: "Server URLs must not end with a slash.",
		Rationale: "Paths begin with a slash and are appended to the URL of the server. Where that ends with one too, every " +
			"request has a double slash, which many servers answer with 404. Remove it; the URL `/` alone may stay.",
		Fix:      "Leaves the slash out.",
		Severity: check.Warning, Tags: []string{"openapi", "oas3", "servers", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas3ServerTrailingSlash,
}

func checkOas3ServerTrailingSlash(_ context.Context, p *pass) error {
	e := &edit.Editor{}
	reportServerURLs(p, hasTrailingSlash, "server URL %q ends with a slash", func(v *openapi.Node) *check.Fix { return withoutSlash(e, v) })
	return nil
}

// reportServerURLs reports the URLs of the document's servers that are bad.
func reportServerURLs(p *pass, bad func(url string) bool, format string, fix func(v *openapi.Node) *check.Fix) {
	doc := p.Subject
	if doc.Version() == openapi.V20 {
		return
	}
	report := once{p: p}
	for _, server := range member(doc, doc.Root(), "servers").Children() {
		if !container(resolved(doc, server)) {
			continue
		}
		v, at := field(doc, server, "url")
		if url, ok := v.Str(); ok && bad(url) {
			report.Mend(at, "", fmt.Sprintf(format, url), func() *check.Fix {
				if fix == nil {
					return nil
				}
				return fix(v)
			})
		}
	}
}
