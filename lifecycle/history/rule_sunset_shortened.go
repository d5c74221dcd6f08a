package history

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var sunsetShortened = &rule{
	Meta: check.Meta{
		ID:      "lifecycle-sunset-shortened",
		Summary: "A sunset should not move to an earlier time.",
		Rationale: "People plan by the sunset that they read first. One that comes nearer takes away time that was promised. " +
			"Move a sunset to later only, or announce a new one as long before as the policy asks for and say why.",
		Severity: check.Error, Tags: []string{"lifecycle", "history", "openapi", "graphql"}, Since: since,
	},
	Check: checkSunsetShortened,
}

func checkSunsetShortened(_ context.Context, p *pass) error {
	c := p.Subject
	happenings(c, SunsetMoved, func(l *Life, e *Event) {
		if compareMoments(e.To.Sunset, e.From.Sunset) == earlier {
			report(p, l, e, fmt.Sprintf("sunset of %s is %q in %s, and was %q in %s",
				named(l), e.To.Sunset, c.Versions[e.Version].Name, e.From.Sunset, c.Versions[e.Previous].Name))
		}
	})
	return nil
}
