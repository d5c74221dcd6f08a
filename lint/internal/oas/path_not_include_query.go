package oas

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var pathNotIncludeQuery = &rule{
	Meta: check.Meta{
		ID:      "path-not-include-query",
		Summary: "Paths must not contain a query string.",
		Rationale: "A key of `paths` is matched against the path of a URL alone; what follows a question mark is never part " +
			"of it. Such a path matches no request. Describe each query parameter as a parameter with `in: query`.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "paths", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkPathNotIncludeQuery,
}

func checkPathNotIncludeQuery(_ context.Context, p *pass) error {
	reportPaths(p, func(path string) bool { return strings.Contains(path, "?") }, "path %q contains a query string", nil)
	return nil
}
