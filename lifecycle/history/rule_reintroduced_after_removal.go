package history

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var reintroducedAfterRemoval = &rule{
	Meta: check.Meta{
		ID:      "lifecycle-reintroduced-after-removal",
		Summary: "What was removed should not come back.",
		Rationale: "Clients of the versions between had to do without it. Often it shows that something was removed by mistake, " +
			"or that a release was made from an old branch; where it means something else now, it should have a new name.",
		Severity: check.Warning, Tags: []string{"lifecycle", "history", "openapi", "graphql"}, Since: since,
	},
	Check: checkReintroducedAfterRemoval,
}

func checkReintroducedAfterRemoval(_ context.Context, p *pass) error {
	c := p.Subject
	for _, l := range c.Lives {
		var gone *Event
		for e, counts := range l.all() {
			switch {
			case e.Kind == Removed:
				gone = e
			case counts && e.Kind == Returned && !l.With(e):
				report(p, l, e, fmt.Sprintf("%s is back in %s, after it was removed in %s", named(l), c.Versions[e.Version].Name, c.Versions[gone.Version].Name),
					check.Related{Message: "the last place before, in " + c.Versions[gone.Previous].Name, Location: gone.Base})
			}
		}
	}
	return nil
}
