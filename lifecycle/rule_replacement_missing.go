package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var replacementMissing = &rule{
	Meta: meta("replacement-missing", "What replaces a deprecated element must exist.",
		"A client that follows the advice finds nothing. Correct the name, or describe the successor before the old one is "+
			"deprecated. For replacements within a GraphQL schema see graphql-deprecation-replacement-exists.",
		check.Warning, "openapi", "deprecation"),
	Check: checkReplacementMissing,
}

func checkReplacementMissing(_ context.Context, p *pass) error {
	for e := range p.Subject.stated() {
		if !e.State.Deprecated || e.State.Replacement == "" || e.Surface == GraphQL && !operationForm.MatchString(e.State.Replacement) {
			continue
		}
		if target, named := p.Subject.replacement(e.Element); named && target == nil {
			e.report(p, "is to be replaced by %q, which is not there", e.State.Replacement)
		}
	}
	return nil
}
