package history

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var sunsetDeleted = &rule{
	Meta: check.Meta{
		ID:      "lifecycle-sunset-deleted",
		Summary: "What stays deprecated should keep its sunset.",
		Rationale: "Without the sunset nobody knows any more how long the element stays. Where it is to stay for good, take back " +
			"the deprecation as well; where it is to stay longer, move the sunset.",
		Severity: check.Warning, Tags: []string{"lifecycle", "history", "openapi", "graphql"}, Since: since,
	},
	Check: checkSunsetDeleted,
}

func checkSunsetDeleted(_ context.Context, p *pass) error {
	c := p.Subject
	happenings(c, SunsetDeleted, func(l *Life, e *Event) {
		if e.To.Deprecated {
			report(p, l, e, fmt.Sprintf("sunset %q of %s is gone in %s, and it is still deprecated",
				e.From.Sunset, named(l), c.Versions[e.Version].Name))
		}
	})
	return nil
}
