package oas

import (
	"context"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var oas2HostTrailingSlash = &rule{
	Meta: check.Meta{
		ID:      "oas2-host-trailing-slash",
		Summary: "The host must not end with a slash.",
		Rationale: "A host is a name and a port; the path begins in `basePath`. A slash at the end of `host` ends up doubled " +
			"in every URL that is built from it. Remove it.",
		Fix:      "Leaves the slash out.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "servers", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas2HostTrailingSlash,
}

func checkOas2HostTrailingSlash(_ context.Context, p *pass) error {
	if p.Subject.Version() == openapi.V20 {
		reportHost(p, func(host string) bool { return strings.HasSuffix(host, "/") }, "host %q ends with a slash",
			func(v *openapi.Node) *check.Fix { return withoutSlash(&edit.Editor{}, v) })
	}
	return nil
}

// reportHost reports the host of an OpenAPI 2.0 description where it is bad.
func reportHost(p *pass, bad func(host string) bool, format string, fix func(v *openapi.Node) *check.Fix) {
	v, at := field(p.Subject, p.Subject.Root(), "host")
	if host, ok := v.Str(); ok && bad(host) {
		f := check.Finding{Location: Place(at), Message: fmt.Sprintf(format, host)}
		if fix != nil {
			f.Fix = fix(v)
		}
		p.Report(f)
	}
}
