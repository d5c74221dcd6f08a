package history

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle"
)

var deprecationBackdated = &rule{
	Meta: check.Meta{
		ID:      "lifecycle-deprecation-backdated",
		Summary: "A deprecation should be dated when it was published.",
		Rationale: "Notice counts from when users could read it. A day or a release from before the version that first said so makes " +
			"the notice look longer than it was. A week between the day and the version is let pass, and any time after the version " +
			"before it: the change may have been made then. Write the day of the version, or the release that it is.",
		Severity: check.Warning, Tags: []string{"lifecycle", "history", "openapi", "graphql"}, Since: since,
	},
	Check: checkDeprecationBackdated,
}

func checkDeprecationBackdated(_ context.Context, p *pass) error {
	c := p.Subject
	happenings(c, Deprecated, func(l *Life, e *Event) {
		if c.backdated(e) {
			report(p, l, e, fmt.Sprintf("%s is deprecated since %q, but %s, which came after that, does not say so",
				named(l), e.To.Since, c.Versions[e.Previous].titled()))
		}
	})
	happenings(c, Redated, func(l *Life, e *Event) {
		if c.moved(e.From.Since, e.To.Since) {
			report(p, l, e, fmt.Sprintf("%s is deprecated since %q in %s, and since %q in %s",
				named(l), e.To.Since, c.Versions[e.Version].Name, e.From.Since, c.Versions[e.Previous].Name))
		}
	})
	return nil
}

// backdated reports whether an element is said to be deprecated since a time
// at which a version shows that it was not.
func (c *Case) backdated(e *Event) bool {
	version, before := &c.Versions[e.Version], &c.Versions[e.Previous]
	said := e.To.Since
	if !said.Date.IsZero() && !version.Time.IsZero() && !before.Time.IsZero() {
		limit := said.Date.Add(c.tolerance())
		return limit.Before(version.Time) && limit.Before(before.Time)
	}
	release, ok := ParseRelease(said.Release)
	if !ok || version.Release.IsZero() || before.Release.IsZero() {
		return false
	}
	return compareNumbers(release.milestone(), version.Release.milestone()) < 0 &&
		compareNumbers(release.milestone(), before.Release.milestone()) <= 0
}

// moved reports whether a deprecation was moved to an earlier time.
func (c *Case) moved(from, to lifecycle.Moment) bool {
	if !from.Date.IsZero() && !to.Date.IsZero() {
		return to.Date.Add(c.tolerance()).Before(from.Date)
	}
	return compareMoments(to, from) == earlier
}
