package parity

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// skew says whether the descriptions look as if they were of different times.
// It claims nothing unless the evidence is clear: the side that looks older
// must be in the habit of saying when things came or go, and must have been
// silent for longer than it ever was.
func skew(p *pairing, res *Result) Skew {
	rest, gql := restTimes(p), graphQLTimes(p)
	s := Skew{REST: rest.newest(), GraphQL: gql.newest(), Evidence: []string{}}
	byDate, byVersion := dateLead(rest, gql), versionLead(rest, gql)
	switch {
	case byDate.restAhead != byVersion.restAhead && byDate.found && byVersion.found:
		return s // they contradict one another
	case byVersion.found:
		s.claim(byVersion)
	case byDate.found:
		s.claim(byDate)
	default:
		return s
	}
	if byDate.found && byVersion.found {
		s.Evidence = append(s.Evidence, byDate.evidence...)
	}
	s.names(res)
	return s
}

// lead is by how much one side is ahead of the other in time.
type lead struct {
	found     bool
	restAhead bool
	text      string // "about a year older", of the other side
	evidence  []string
}

func (s *Skew) claim(l lead) {
	s.Found, s.Evidence = true, append(s.Evidence, l.evidence...)
	older, newer := sides(l.restAhead)
	s.Text = fmt.Sprintf("the %s looks %s than the %s", older, l.text, newer)
}

// sides names the side that is behind and the one that is ahead.
func sides(restAhead bool) (older, newer string) {
	if restAhead {
		return "schema", "description"
	}
	return "description", "schema"
}

// names adds how much of each side the other does not know. It is no proof of
// anything, since neither API ever offers all of the other.
func (s *Skew) names(res *Result) {
	rest, graphQL, pairs := 0, 0, 0
	for _, f := range res.Fields {
		switch {
		case f.Class != "":
		case f.Kind == RESTOnly:
			rest++
		case f.Kind == GraphQLOnly:
			graphQL++
		default:
			pairs++
		}
	}
	if rest+graphQL+pairs > 0 {
		s.Evidence = append(s.Evidence, fmt.Sprintf("of matched types, the description alone has properties: %d; the schema alone has fields: %d", rest, graphQL))
	}
}

// What is announced is announced about so long before.
const noticeMonths = 6

// habitYears is for how long before its newest date a side is looked at.
const habitYears = 3

// dateLead compares the dates that both sides speak of.
func dateLead(rest, gql *times) lead {
	r, rok := rest.written()
	g, gok := gql.written()
	if !rok || !gok {
		return lead{}
	}
	l := lead{restAhead: r.After(g)}
	older, newer, early, late := gql, rest, g, r
	if !l.restAhead {
		older, newer, early, late = rest, gql, r, g
	}
	silence, habit := older.habit()
	if !habit || !early.Add(max(silence, noticeMonths*month)).Before(late) {
		return lead{}
	}
	l.found, l.text = true, roughly(late.Sub(early))+" older"
	oldSide, newSide := sides(l.restAhead)
	l.evidence = append(l.evidence,
		fmt.Sprintf("the latest day that the %s speaks of is %s, that of the %s %s", oldSide, older.latest(), newSide, newer.latest()))
	if n, last := older.overdue(late); n > 0 {
		l.evidence = append(l.evidence, fmt.Sprintf("%d elements of the %s were to be removed by %s", n, oldSide, last.Format(time.DateOnly)))
	}
	return l
}

const month = 30*24*time.Hour + 10*time.Hour

// roughly says how long a time is.
func roughly(d time.Duration) string {
	switch months := int(d / month); {
	case months < 9:
		return "about half a year"
	case months < 16:
		return "about a year"
	case months < 21:
		return "about a year and a half"
	default:
		return fmt.Sprintf("about %d years", (months+6)/12)
	}
}

// written estimates when a side was written: it knows what has happened, and
// what will by a notice ahead. It is false where the side speaks of no day.
func (t *times) written() (time.Time, bool) {
	var at time.Time
	later := func(day time.Time) {
		if day.After(at) {
			at = day
		}
	}
	later(t.ranked(event, stated, 2))
	later(t.ranked(event, told, 3))
	later(t.ranked(announcement, ownReason, 1).AddDate(0, -noticeMonths, 0))
	later(t.ranked(announcement, stated, 2).AddDate(0, -noticeMonths, 0))
	later(t.ranked(announcement, told, 3).AddDate(0, -noticeMonths, 0))
	later(t.ranked(event, ownReason, 1))
	return at, at.Year() >= 2000
}

// ranked returns the latest day such that so many elements speak of it or of
// a later one; the zero time where too few do.
func (t *times) ranked(k dayKind, s dayStrength, elements int) time.Time {
	latest := map[int]time.Time{}
	for _, d := range t.days {
		if d.kind == k && d.strength == s && d.day.After(latest[d.element]) {
			latest[d.element] = d.day
		}
	}
	days := make([]time.Time, 0, len(latest))
	for _, day := range latest {
		days = append(days, day)
	}
	if len(days) < elements {
		return time.Time{}
	}
	slices.SortFunc(days, func(a, b time.Time) int { return b.Compare(a) })
	return days[elements-1]
}

// habit reports whether a side keeps saying when things came or go, and the
// longest time between two days that it speaks of.
func (t *times) habit() (silence time.Duration, ok bool) {
	var days []time.Time
	for _, d := range t.days {
		if d.strength != told || d.kind == event {
			days = append(days, d.day)
		}
	}
	if len(days) < 10 {
		return 0, false
	}
	slices.SortFunc(days, func(a, b time.Time) int { return b.Compare(a) })
	from := days[0].AddDate(-habitYears, 0, 0)
	days = slices.CompactFunc(days, func(a, b time.Time) bool { return a.Equal(b) })
	n := 1
	for ; n < len(days) && !days[n].Before(from); n++ {
		silence = max(silence, days[n-1].Sub(days[n]))
	}
	return silence, n >= 4
}

// overdue counts the elements that were to be removed before a day, and tells
// the last of their days.
func (t *times) overdue(by time.Time) (n int, last time.Time) {
	for _, d := range t.days {
		if d.kind == announcement && d.strength == ownReason && d.day.Before(by) {
			n++
			if d.day.After(last) {
				last = d.day
			}
		}
	}
	return n, last
}

func (t *times) latest() string {
	var last time.Time
	for _, d := range t.days {
		if d.strength != told && d.day.After(last) {
			last = d.day
		}
	}
	for _, day := range [...]time.Time{t.ranked(event, told, 3), t.ranked(announcement, told, 3)} {
		if day.After(last) {
			last = day
		}
	}
	if last.IsZero() {
		return ""
	}
	return last.Format(time.DateOnly)
}

// newest returns the latest day and version that a side speaks of.
func (t *times) newest() string {
	var parts []string
	if day := t.latest(); day != "" {
		parts = append(parts, day)
	}
	if v, ok := t.newestVersion(1); ok {
		parts = append(parts, v.String())
	}
	return strings.Join(parts, ", ")
}
