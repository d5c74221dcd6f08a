package history

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var arrivedDeprecated = &rule{
	Meta: check.Meta{
		ID:      "lifecycle-arrived-deprecated",
		Summary: "What is new should not be deprecated already.",
		Rationale: "Nobody should build on it, so it need not be there: this is AIP-185 of Google's API guidelines. Often an " +
			"element was renamed and its old name added as an alias, where the new name alone would do; or a deprecation " +
			"was released together with what it is about, before anybody could use that.",
		Severity: check.Warning, Tags: []string{"lifecycle", "history", "openapi", "graphql"}, Since: since,
	},
	Check: checkArrivedDeprecated,
}

func checkArrivedDeprecated(_ context.Context, p *pass) error {
	c := p.Subject
	happenings(c, Appeared, func(l *Life, e *Event) {
		if e.To.Deprecated && !standsDeprecated(l.Parent(), e.Version) {
			report(p, l, e, fmt.Sprintf("%s is new in %s and deprecated already", named(l), c.Versions[e.Version].Name))
		}
	})
	return nil
}
