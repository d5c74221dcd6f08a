package oas

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var pathKeysNoTrailingSlash = &rule{
	Meta: check.Meta{
		ID:      "path-keys-no-trailing-slash",
		Summary: "Paths must not end with a slash.",
		Rationale: "Servers and proxies differ over whether `/pets` and `/pets/` are one resource. Where both are written " +
			"down or linked to, some of the requests end in a redirect or a 404. Publish the form without the slash.",
		Fix:      "Leaves the slash out; unsafe, for it is another path.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "paths", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkPathKeysNoTrailingSlash,
}

func checkPathKeysNoTrailingSlash(_ context.Context, p *pass) error {
	e := &edit.Editor{}
	reportPaths(p, hasTrailingSlash, "path %q ends with a slash", func(item *openapi.Node) *check.Fix {
		return edit.Unsafe("Leave out the slash at the end", e.Rename(item, strings.TrimRight(item.Key(), "/")))
	})
	return nil
}

// hasTrailingSlash reports whether a path ends with a slash that is not all
// of its last line.
func hasTrailingSlash(path string) bool {
	rest, ok := strings.CutSuffix(path, "/")
	return ok && rest != "" && !strings.ContainsAny(rest[len(rest)-1:], "\r\n")
}
