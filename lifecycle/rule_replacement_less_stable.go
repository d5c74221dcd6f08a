package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var replacementLessStable = &rule{
	Meta: meta("replacement-less-stable", "What replaces a deprecated element must not be less stable.",
		"Clients of something stable are sent to what may change or go at any time. Bring the successor to the same level "+
			"first: it is the third rule of the deprecation policy of Kubernetes.", check.Warning, "openapi", "graphql", "deprecation", "stability"),
	Check: checkReplacementLessStable,
}

func checkReplacementLessStable(_ context.Context, p *pass) error {
	for e := range p.Subject.stated() {
		if !e.State.Deprecated || e.State.Replacement == "" {
			continue
		}
		target, _ := p.Subject.replacement(e.Element)
		if target == nil || target.State.Stability.Rank() >= e.State.Stability.Rank() {
			continue
		}
		p.Report(check.Finding{
			Location: e.Location, Key: e.Name,
			Message: message(e, "is %s and to be replaced by %q, which is %s", []any{e.State.Stability.Rank(), e.State.Replacement, target.State.Stability}),
			Related: []check.Related{{Message: target.String(), Location: target.Location}},
		})
	}
	return nil
}
