package lifecycle

import (
	"fmt"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
)

// Removal is when an element may be removed, and why.
type Removal struct {
	// Earliest is the first moment at which the policy allows it; zero where
	// it is allowed at any time, or where Never or Unknown is set.
	Earliest Moment
	// Never says that the policy allows no removal.
	Never bool
	// Unknown says why the moment cannot be told, such as for want of the day
	// of the deprecation; "" where it can.
	Unknown string
	// Conditions are what must be true besides.
	Conditions []string
	// Exception is the one that lets it go at any time; nil where none does.
	Exception *Exception
	// Policy is the one of the surface, and Level the level that was judged
	// by.
	Policy *Policy
	Level  Stability
	// Why says how the moment comes about, in one sentence without a period.
	Why string
}

// AnyTime reports whether the element may go now, without notice.
func (r *Removal) AnyTime() bool {
	return !r.Never && r.Unknown == "" && r.Earliest.IsZero() && len(r.Conditions) == 0
}

// Removal says when an element may be removed at the earliest, by its level,
// its deprecation and the policy of its surface. Exceptions count at the
// moment now; the zero time lets all of them count.
func (p *Policy) Removal(e *Element, now time.Time) Removal {
	q := p.For(e.Surface)
	level := e.State.Stability.Rank()
	n := q.Notice(level)
	r := Removal{Policy: q, Level: level, Conditions: n.Conditions}
	if x := q.exception(e.Name, now); x != nil {
		return Removal{Policy: q, Level: level, Exception: x, Why: fmt.Sprintf("%s answers for an exception until %s: %s", x.Owner, x.Until.Format(time.DateOnly), x.Reason)}
	}
	switch {
	case n.Never != "":
		r.Never, r.Why = true, fmt.Sprintf("%s removes nothing %s %s", q.ID, level, n.Never)
		return r
	case n.Free():
		r.Why = fmt.Sprintf("%s asks for no notice of what is %s", q.ID, level)
		return r
	case n.Days == 0 && n.Releases == 0 && !n.MajorOnly:
		r.Why = fmt.Sprintf("%s asks that %s", q.ID, strings.Join(n.Conditions, ", "))
		return r
	case !e.State.Deprecated:
		r.Unknown = "it is not deprecated"
	case e.State.Since.IsZero():
		r.Unknown = "the description does not say since when it is deprecated"
	default:
		r.count(n, q.Releases.Complete(e.State.Since))
	}
	r.Why = fmt.Sprintf("%s asks for %s of what is %s", q.ID, n, level)
	if !e.State.Since.IsZero() && e.State.Deprecated {
		r.Why = fmt.Sprintf("deprecated %s; %s", e.State.Since.phrase(), r.Why)
	}
	return r
}

// count adds days and releases to the deprecation.
func (r *Removal) count(n *Notice, since Moment) {
	rel := r.Policy.Releases
	if !since.Date.IsZero() && n.Days > 0 {
		r.Earliest.Date = since.Date.AddDate(0, 0, n.Days)
	}
	if n.Releases == 0 && !n.MajorOnly {
		if since.Date.IsZero() {
			r.Unknown = "the day of release " + since.Release + " is not known"
		}
		return
	}
	if rel == nil {
		r.countNumbers(n, since)
		return
	}
	index, ok := rel.Find(since.Release)
	if !ok && !since.Date.IsZero() {
		index, ok = rel.From(since.Date)
	}
	if !ok && since.Release != "" && CompareReleases(since.Release, rel.At(0).Release) < 0 {
		index, ok = 0, true // before the calendar begins: long ago
	}
	if !ok {
		r.Earliest, r.Unknown = Moment{}, fmt.Sprintf("the release calendar does not have %s", since)
		return
	}
	index += n.Releases
	if after, found := rel.From(r.Earliest.Date); !r.Earliest.Date.IsZero() && found {
		index = max(index, after)
	}
	if n.MajorOnly {
		index, ok = rel.NextMajor(index)
	}
	m := rel.At(index)
	if !ok || m.IsZero() {
		r.Earliest, r.Unknown = Moment{}, "the release calendar does not reach so far"
		return
	}
	r.Earliest = m
}

// countNumbers counts releases without a calendar, by their numbers.
func (r *Removal) countNumbers(n *Notice, since Moment) {
	major, minor, ok := majorMinor(since.Release)
	switch {
	case since.Release == "" || !ok:
		r.Unknown = "releases cannot be counted without a release calendar"
	case n.MajorOnly:
		r.Unknown = "which release X.0 is the first cannot be told without a release calendar"
	default:
		r.Earliest.Release = fmt.Sprintf("%d.%d", major, minor+n.Releases)
	}
	if r.Unknown != "" {
		r.Earliest = Moment{}
	}
}

// Before reports whether a moment lies before the earliest removal; known is
// false where that cannot be told.
func (r *Removal) Before(at Moment) (before, known bool) {
	switch {
	case r.Never:
		return true, true
	case r.Unknown != "":
		return false, false
	case r.Earliest.IsZero():
		return false, true
	}
	return r.Policy.Releases.Before(at, r.Earliest)
}

// Before reports whether a moment lies before another one: by their days, by
// their numbers, or by the calendar, which may be nil. known is false where
// one has a day only and the other a release that the calendar does not have.
func (r *Releases) Before(a, b Moment) (before, known bool) {
	a, b = r.Complete(a), r.Complete(b)
	switch {
	case a.Release != "" && b.Release != "":
		return CompareReleases(a.Release, b.Release) < 0, true
	case !a.Date.IsZero() && !b.Date.IsZero():
		return a.Date.Before(b.Date), true
	}
	return false, false
}

// Past reports whether the day of a moment is over at now; known is false
// where it is a release that the calendar, which may be nil, does not have, or
// where now is the zero time.
func (r *Releases) Past(m Moment, now time.Time) (past, known bool) {
	m = r.Complete(m)
	if m.Date.IsZero() || now.IsZero() {
		return false, false
	}
	return m.Date.Before(day(now)), true
}

// Complete adds the day of a release where a moment has none and the calendar,
// which may be nil, has the release.
func (r *Releases) Complete(m Moment) Moment {
	if m.Date.IsZero() && m.Release != "" {
		if i, ok := r.Find(m.Release); ok {
			m.Date = r.At(i).Date
		}
	}
	return m
}

// Timebox says until when an element may stay at its level; ok is false where
// the policy sets no limit or it is not known since when.
func (p *Policy) Timebox(e *Element) (until Moment, ok bool) {
	q := p.For(e.Surface)
	n := q.Notice(e.State.Stability)
	if e.State.Deprecated || e.State.Since.IsZero() || n.TimeboxDays == 0 && n.TimeboxReleases == 0 {
		return Moment{}, false
	}
	since := q.Releases.Complete(e.State.Since)
	if n.TimeboxDays > 0 && !since.Date.IsZero() {
		until.Date = since.Date.AddDate(0, 0, n.TimeboxDays)
	}
	if i, found := q.Releases.Find(since.Release); found && n.TimeboxReleases > 0 {
		if m := q.Releases.At(i + n.TimeboxReleases); m.Date.After(until.Date) {
			until = m
		}
	}
	return until, !until.IsZero()
}

func (p *Policy) exception(name string, now time.Time) *Exception {
	for i := range p.Exceptions {
		x := &p.Exceptions[i]
		if check.MatchGlob(x.Element, name) && !x.expired(now) {
			return x
		}
	}
	return nil
}

// expired reports whether the last day of the exception is over.
func (x *Exception) expired(now time.Time) bool { return !now.Before(x.Until.AddDate(0, 0, 1)) }

// String says what the notice asks for: "6 releases, and removal at X.0 only".
func (n *Notice) String() string {
	var parts []string
	count := func(k int, one string) string {
		if k == 1 {
			return "1 " + one
		}
		return fmt.Sprintf("%d %ss", k, one)
	}
	switch {
	case n.Never != "":
		parts = append(parts, "no removal "+n.Never)
	case n.Days > 0 && n.Releases > 0:
		parts = append(parts, "the longer of "+count(n.Days, "day")+" and "+count(n.Releases, "release"))
	case n.Days > 0:
		parts = append(parts, count(n.Days, "day")+" of notice")
	case n.Releases > 0:
		parts = append(parts, count(n.Releases, "release")+" of notice")
	}
	if n.MajorOnly {
		parts = append(parts, "removal at X.0 only")
	}
	parts = append(parts, n.Conditions...)
	if len(parts) == 0 {
		return "no notice"
	}
	return strings.Join(parts, " and ")
}

// phrase is the moment as a sentence has it.
func (m Moment) phrase() string {
	if m.Release != "" {
		return "in " + m.String()
	}
	return "on " + m.String()
}
