package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var deprecatedNeedsDate = &rule{
	Meta: optIn(meta("deprecated-needs-date", "A deprecation should say since when.",
		"Notice is counted from the deprecation, and nobody can count from a day that is not written down. Give the day in "+
			"`x-deprecated-at`, the release in the reason of `@deprecated` (\"Deprecated in 15.1.\"). `plumb lifecycle history` "+
			"finds the day in the tags of the repository.", check.Info, "openapi", "graphql", "deprecation", "dates")),
	Check: checkDeprecatedNeedsDate,
}

func checkDeprecatedNeedsDate(_ context.Context, p *pass) error {
	for e := range p.Subject.stated() {
		if e.State.Deprecated && e.State.Since.IsZero() {
			e.report(p, "is deprecated and does not say since when")
		}
	}
	return nil
}
