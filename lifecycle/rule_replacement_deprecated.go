package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var replacementDeprecated = &rule{
	Meta: meta("replacement-deprecated", "What replaces a deprecated element must not be deprecated itself.",
		"A client that follows the advice has to move again. Name what is to stay. For replacements within a GraphQL schema "+
			"see graphql-deprecation-replacement-deprecated.", check.Warning, "openapi", "deprecation"),
	Check: checkReplacementDeprecated,
}

func checkReplacementDeprecated(_ context.Context, p *pass) error {
	for e := range p.Subject.stated() {
		if !e.State.Deprecated || e.State.Replacement == "" {
			continue
		}
		target, ok := p.Subject.deprecatedTarget(e.Element)
		if !ok || e.Surface == GraphQL && target.Surface == GraphQL {
			continue
		}
		p.Report(check.Finding{
			Location: e.Location, Key: e.Name,
			Message: message(e, "is to be replaced by %q, which is deprecated too", []any{e.State.Replacement}),
			Related: []check.Related{{Message: target.String(), Location: target.Location}},
		})
	}
	return nil
}
