package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var deprecatedNeedsSunset = &rule{
	Meta: meta("deprecated-needs-sunset", "A deprecated operation or field should say until when it is there.",
		"A deprecation without an end is acted on by nobody, and the element is never removed. Give the day in `x-sunset`, the "+
			"day or release in the reason of `@deprecated`, or choose a policy from which the end follows.",
		check.Warning, "openapi", "graphql", "deprecation", "dates"),
	Check: checkDeprecatedNeedsSunset,
}

func checkDeprecatedNeedsSunset(_ context.Context, p *pass) error {
	for e := range p.Subject.stated() {
		if !e.State.Deprecated || e.Kind != Operation && e.Kind != Field || !e.State.Sunset.IsZero() {
			continue
		}
		if policy := p.Subject.Policy; policy != nil {
			if r := policy.Removal(e.Element, p.Subject.Now); r.Unknown == "" {
				continue
			}
		}
		e.report(p, "is deprecated and says no end")
	}
	return nil
}
