package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var sunsetBeforeDeprecation = &rule{
	Meta: meta("sunset-before-deprecation", "A sunset must not lie before the deprecation.",
		"One of the two is wrong. RFC 9745 forbids to send such a pair: \"Sunset\" must not be earlier than \"Deprecation\".",
		check.Error, "openapi", "graphql", "deprecation", "dates"),
	Check: checkSunsetBeforeDeprecation,
}

func checkSunsetBeforeDeprecation(_ context.Context, p *pass) error {
	for e := range p.Subject.stated() {
		s := &e.State
		if !s.Deprecated || s.Since.IsZero() || s.Sunset.IsZero() {
			continue
		}
		if before, known := p.Subject.releases(e.Surface).Before(s.Sunset, s.Since); known && before {
			e.report(p, "has the sunset %s, before its deprecation %s", s.Sunset, s.Since)
		}
	}
	return nil
}
