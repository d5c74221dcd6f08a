package history

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var removedBeforeSunset = &rule{
	Meta: check.Meta{
		ID:      "lifecycle-removed-before-sunset",
		Summary: "What has a sunset should stay until then.",
		Rationale: "A sunset is a promise: who plans by it is broken by what goes earlier. Remove the element in the first " +
			"version at or after its sunset. Where both a day and a release were promised, either is enough.",
		Severity: check.Error, Tags: []string{"lifecycle", "history", "openapi", "graphql"}, Since: since,
	},
	Check: checkRemovedBeforeSunset,
}

func checkRemovedBeforeSunset(_ context.Context, p *pass) error {
	c := p.Subject
	c.removals(func(l *Life, e *Event) {
		v, s := &c.Versions[e.Version], standingIn(l, e.Previous)
		if reached, known := v.reached(s.sunset); known && !reached {
			report(p, l, e, fmt.Sprintf("%s is gone in %s, before its sunset %q", named(l), v.titled(), s.sunset), c.deprecation(s.by)...)
		}
	})
	return nil
}
