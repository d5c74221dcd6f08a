package history

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var deprecationFlapping = &rule{
	Meta: check.Meta{
		ID:      "lifecycle-deprecation-flapping",
		Summary: "What was reactivated should not be deprecated again.",
		Rationale: "Whoever moved away at the first notice did so for nothing, and nobody believes the next notice. Decide " +
			"before the deprecation is released, and keep to it.",
		Severity: check.Warning, Tags: []string{"lifecycle", "history", "openapi", "graphql"}, Since: since,
	},
	Check: checkDeprecationFlapping,
}

func checkDeprecationFlapping(_ context.Context, p *pass) error {
	c := p.Subject
	for _, l := range c.Lives {
		var reactivated *Event
		for e, counts := range l.all() {
			switch {
			case e.Kind == Reactivated:
				reactivated = e
			case counts && e.Kind == Deprecated && reactivated != nil && !l.With(e):
				back := c.Versions[reactivated.Version].Name
				report(p, l, e, fmt.Sprintf("%s is deprecated again in %s, after it was reactivated in %s", named(l), c.Versions[e.Version].Name, back),
					check.Related{Message: "reactivated in " + back, Location: reactivated.Location})
			}
		}
	}
	return nil
}
