package history

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var removedTooEarly = &rule{
	Meta: check.Meta{
		ID:      "lifecycle-removed-too-early",
		Summary: "What is deprecated should stay for as long as the policy says.",
		Rationale: "The policy is what users were promised, in days or in releases. Notice counts from the version that first showed the " +
			"deprecation, whatever date the description gives; where versions in between were not read, from that date. What the " +
			"policy never removes may go with a new major version only. Without a policy the rule finds nothing: name one with " +
			"lifecycle.policy in plumb.yaml, or --policy.",
		Severity: check.Error, Tags: []string{"lifecycle", "history", "policy", "openapi", "graphql"}, Since: since,
	},
	Check: checkRemovedTooEarly,
}

func checkRemovedTooEarly(_ context.Context, p *pass) error {
	c := p.Subject
	if c.Policy == nil {
		return nil
	}
	c.removals(func(l *Life, e *Event) {
		el, s := c.removed(l, e)
		if !s.deprecated {
			return // lifecycle-removed-without-deprecation
		}
		v := &c.Versions[e.Version]
		r := c.Policy.Removal(el, v.Time)
		switch before, known := r.Before(v.moment()); {
		case r.Never && c.startsMajor(e), !known, !before:
		case r.Never:
			report(p, l, e, fmt.Sprintf("%s is gone in %s, and %s", named(l), v.titled(), r.Why), c.deprecation(s.by)...)
		default:
			report(p, l, e, fmt.Sprintf("%s is gone in %s, before %s: %s", named(l), v.titled(), r.Earliest, r.Why), c.deprecation(s.by)...)
		}
	})
	return nil
}
