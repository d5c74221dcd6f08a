package history

import (
	"time"

	"github.com/plumbapi/plumb/lifecycle"
)

// removed is the element of a removal as a policy looks at it: as it stood
// before, deprecated since users could read so.
func (c *Case) removed(l *Life, e *Event) (*lifecycle.Element, standing) {
	s := standingIn(l, e.Previous)
	el := &lifecycle.Element{Surface: l.Surface, Kind: l.Kind, Name: l.Name, Operation: l.Operation, Location: e.Base}
	el.State = lifecycle.State{Stability: s.stability, Deprecated: s.deprecated, Since: s.since, Sunset: s.sunset}
	if s.by != nil {
		el.State.Since = c.published(s.by)
	}
	return el, s
}

// published is when users could read of a deprecation: with the version that
// shows it, or earlier where versions before it are not among those that were
// read and the description says so.
func (c *Case) published(e *Event) lifecycle.Moment {
	version := &c.Versions[e.Version]
	m := version.moment()
	if e.Previous < 0 || e.To.Since.IsZero() {
		return m
	}
	before, said := c.Versions[e.Previous].moment(), e.To.Since
	if compareMoments(said, before) == later && compareMoments(said, m) == earlier {
		return said
	}
	return m
}

// moment is when a version was published.
func (v *Version) moment() lifecycle.Moment {
	m := lifecycle.Moment{Release: v.Release.Milestone()}
	if !v.Time.IsZero() {
		m.Date = v.Time.UTC().Truncate(24 * time.Hour)
	}
	return m
}

// needsNotice reports whether what is of a level must be deprecated before it
// goes: by the policy, else where it is stable.
func (c *Case) needsNotice(el *lifecycle.Element, version int) bool {
	if c.Policy == nil {
		return el.State.Stability == lifecycle.Stable
	}
	r := c.Policy.Removal(el, c.Versions[version].Time)
	return r.Exception == nil && !r.Policy.Notice(r.Level).Free()
}

// startsMajor reports whether the first number of a version is higher than
// that of the version that was read before it.
func (c *Case) startsMajor(e *Event) bool {
	before, now := c.Versions[e.Previous].Release, c.Versions[e.Version].Release
	return !before.IsZero() && !now.IsZero() && before.part(0) < now.part(0)
}
