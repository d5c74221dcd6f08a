package history

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var removedWithoutDeprecation = &rule{
	Meta: check.Meta{
		ID:      "lifecycle-removed-without-deprecation",
		Summary: "What needs notice should be deprecated before it is removed.",
		Rationale: "Whoever uses an element that was never deprecated learns of its end from an error. Deprecate it in one " +
			"version, say what to use instead, and remove it in a later one. What needs no notice is for the policy to say; without one, what is experimental or in beta may go at " +
			"once, and what goes with the operation or the field that it is a part of goes with its notice. Types and " +
			"named schemas are judged by the fields and operations that lead to them; an object whose properties all go " +
			"at once was written another way, which plumb diff judges.",
		Severity: check.Error, Tags: []string{"lifecycle", "history", "openapi", "graphql"}, Since: since,
	},
	Check: checkRemovedWithoutDeprecation,
}

func checkRemovedWithoutDeprecation(_ context.Context, p *pass) error {
	c := p.Subject
	c.removals(func(l *Life, e *Event) {
		if el, s := c.removed(l, e); !s.deprecated && c.needsNotice(el, e.Version) {
			report(p, l, e, fmt.Sprintf("%s is gone in %s and was not deprecated before", named(l), c.Versions[e.Version].Name))
		}
	})
	return nil
}
