package oas

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var pathDeclarationsMustExist = &rule{
	Meta: check.Meta{
		ID:      "path-declarations-must-exist",
		Summary: "Paths must not have parameters without a name.",
		Rationale: "An empty pair of braces declares a parameter that nothing can refer to: no `parameters` entry can name " +
			"it, no client can fill it. Put the parameter's name between the braces.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "paths", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkPathDeclarationsMustExist,
}

func checkPathDeclarationsMustExist(_ context.Context, p *pass) error {
	reportPaths(p, func(path string) bool { return strings.Contains(path, "{}") }, "path %q has a parameter without a name", nil)
	return nil
}
