package history

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var removedOffCadence = &rule{
	Meta: check.Meta{
		ID:      "lifecycle-removed-off-cadence",
		Summary: "Where the policy removes with X.0 only, nothing should go with another release.",
		Rationale: "Users look for what is gone when a new major version comes, and update the minor ones without looking. Where versions " +
			"in between were not read, a removal may have come with the X.0 among them and is let pass. Without a policy that " +
			"removes at X.0 only, such as gitlab-graphql, the rule finds nothing.",
		Severity: check.Error, Tags: []string{"lifecycle", "history", "policy", "openapi", "graphql"}, Since: since,
	},
	Check: checkRemovedOffCadence,
}

func checkRemovedOffCadence(_ context.Context, p *pass) error {
	c := p.Subject
	if c.Policy == nil {
		return nil
	}
	c.removals(func(l *Life, e *Event) {
		el, s := c.removed(l, e)
		v := &c.Versions[e.Version]
		r := c.Policy.Removal(el, v.Time)
		if r.Exception != nil || !r.Policy.Notice(r.Level).MajorOnly || v.Release.IsZero() || v.Release.isMajor() || c.startsMajor(e) {
			return
		}
		report(p, l, e, fmt.Sprintf("%s is gone in %s, which is no release X.0, and %s asks for %s of what is %s",
			named(l), v.Name, r.Policy.ID, r.Policy.Notice(r.Level), r.Level), c.deprecation(s.by)...)
	})
	return nil
}
