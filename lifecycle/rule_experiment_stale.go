package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var experimentStale = &rule{
	Meta: optIn(meta("experiment-stale", "An experiment should come to an end within a year.",
		"After a year people depend on it, whatever its mark says. Promote it, or remove it. A policy that sets a limit of "+
			"its own is kept by lifecycle-timebox-exceeded.", check.Info, "openapi", "graphql", "stability")),
	Check: checkExperimentStale,
}

// staleAfter is the age in days from which an experiment is stale.
const staleAfter = 365

func checkExperimentStale(_ context.Context, p *pass) error {
	for e := range p.Subject.stated() {
		s := &e.State
		if s.Stability != Experimental || s.Deprecated || s.Since.IsZero() {
			continue
		}
		since := p.Subject.releases(e.Surface).Complete(s.Since)
		if since.Date.IsZero() {
			continue
		}
		if end := since.Date.AddDate(0, 0, staleAfter); end.Before(p.Subject.Now) {
			e.report(p, "is experimental since %s, %d days", s.Since, int(p.Subject.Now.Sub(since.Date).Hours()/24))
		}
	}
	return nil
}
