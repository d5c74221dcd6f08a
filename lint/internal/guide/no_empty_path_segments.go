package guide

import (
	"context"
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi/edit"
)

var noEmptyPathSegments = &rule{
	Meta: check.Meta{
		ID:        "no-empty-path-segments",
		Summary:   "A path must not have two slashes in a row.",
		Rationale: "Servers and proxies merge `//` into `/`, or do not, or redirect; a signature over the path breaks in between. It is a slip of the pen in nearly all cases.",
		Fix:       "Leaves the empty segment out; unsafe, for it is another path.",
		Severity:  check.Warning, Tags: []string{"openapi", "paths", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkNoEmptyPathSegments,
}

func checkNoEmptyPathSegments(_ context.Context, p *pass) error {
	e := &edit.Editor{}
	for _, path := range p.Subject.Root().Get("paths").Children() {
		if strings.HasPrefix(path.Key(), "/") && strings.Contains(path.Key(), "//") {
			mend(p, path.KeyLocation(), edit.Unsafe("Leave out the empty segment", e.Rename(path, oneSlash.ReplaceAllLiteralString(path.Key(), "/"))), "path %q has an empty segment", path.Key())
		}
	}
	return nil
}

var oneSlash = regexp.MustCompile(`/+`)
