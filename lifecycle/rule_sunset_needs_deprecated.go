package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var sunsetNeedsDeprecated = &rule{
	Meta: meta("sunset-needs-deprecated", "What has a sunset must be deprecated.",
		"Clients are warned by the mark of deprecation: documentation strikes the element out, generated code warns. A sunset "+
			"without it takes them by surprise. Set `deprecated: true`.", check.Error, "openapi", "graphql", "deprecation", "dates"),
	Check: checkSunsetNeedsDeprecated,
}

func checkSunsetNeedsDeprecated(_ context.Context, p *pass) error {
	for e := range p.Subject.stated() {
		if !e.State.Sunset.IsZero() && !e.State.Deprecated {
			e.report(p, "has the sunset %s and is not deprecated", e.State.Sunset)
		}
	}
	return nil
}
