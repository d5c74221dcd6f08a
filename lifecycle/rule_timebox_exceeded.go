package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var timeboxExceeded = &rule{
	Meta: meta("timebox-exceeded", "What is in beta or experimental should not stay so for longer than the policy says.",
		"An endless beta is used like something stable and has none of its promises. Bring it further, or deprecate it.",
		check.Warning, "openapi", "graphql", "stability", "policy"),
	Check: checkTimeboxExceeded,
}

func checkTimeboxExceeded(_ context.Context, p *pass) error {
	policy := p.Subject.Policy
	if policy == nil {
		return nil
	}
	for e := range p.Subject.stated() {
		until, ok := policy.Timebox(e.Element)
		if !ok {
			continue
		}
		if past, known := p.Subject.releases(e.Surface).Past(until, p.Subject.Now); known && past {
			e.report(p, "is %s since %s, and %s allows that until %s", e.State.Stability.Rank(), e.State.Since, policy.For(e.Surface).ID, until)
		}
	}
	return nil
}
