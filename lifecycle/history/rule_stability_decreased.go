package history

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var stabilityDecreased = &rule{
	Meta: check.Meta{
		ID:      "lifecycle-stability-decreased",
		Summary: "Stability should not decrease.",
		Rationale: "Who built on a stable element did so for the promise that it stays. Taking back the promise is a breaking " +
			"change without a change of shape. Deprecate the element, and offer what is new and unstable beside it.",
		Severity: check.Error, Tags: []string{"lifecycle", "history", "openapi", "graphql"}, Since: since,
	},
	Check: checkStabilityDecreased,
}

func checkStabilityDecreased(_ context.Context, p *pass) error {
	c := p.Subject
	happenings(c, Demoted, func(l *Life, e *Event) {
		if !l.With(e) {
			report(p, l, e, fmt.Sprintf("%s is %s in %s, and was %s in %s",
				named(l), e.To.Stability, c.Versions[e.Version].Name, e.From.Stability.Rank(), c.Versions[e.Previous].Name))
		}
	})
	return nil
}
