package view

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/history"
)

// kinds are the kinds of events in the order in which they are counted.
var kinds = []history.EventKind{
	history.Appeared, history.Returned, history.Promoted, history.Demoted, history.Deprecated, history.Reactivated,
	history.Redated, history.SunsetSet, history.SunsetMoved, history.SunsetDeleted, history.ReplacementChanged, history.Removed,
}

// phrase names a kind of event as people do.
func phrase(kind history.EventKind) string { return strings.ReplaceAll(string(kind), "-", " ") }

// telling is a result made ready to be shown.
type telling struct {
	res   *history.Result
	lives []*told
	total map[history.EventKind]int
	// by has the counts of each version.
	by []map[history.EventKind]int
	// plain is how many elements are left out, since nothing happened to them
	// but that they appeared.
	plain int
}

// told is an element with the events that it does not share with what it is a
// part of, newest first.
type told struct {
	*history.Life
	events []event
}

type event struct {
	*history.Event
	// with is how many parts of the element had the same at the same time.
	with int
}

// newTelling puts together what is shown: the elements in whose life something
// happened, those with the latest event first.
func newTelling(res *history.Result, o Options) *telling {
	t := &telling{res: res, total: map[history.EventKind]int{}, by: make([]map[history.EventKind]int, len(res.Versions))}
	for i := range t.by {
		t.by[i] = map[history.EventKind]int{}
	}
	parts := t.count(o)
	for _, l := range res.Lives {
		s := &told{Life: l}
		plain := true
		for _, e := range newestFirst(l.Events) {
			if !o.Element && l.With(e) || implied(l, e) {
				continue
			}
			s.events = append(s.events, event{e, parts[part{l, e.Version, e.Kind}]})
			plain = plain && isPlain(e)
		}
		switch {
		case o.Element, len(s.events) > 0 && (o.All || !plain):
			t.lives = append(t.lives, s)
		case len(s.events) > 0:
			t.plain++
		}
	}
	slices.SortStableFunc(t.lives, func(a, b *told) int { return cmp.Compare(b.latest(), a.latest()) })
	return t
}

// newestFirst returns events by version, the newest first, and those of one
// version as they are.
func newestFirst(events []history.Event) []*history.Event {
	list := make([]*history.Event, len(events))
	for i := range events {
		list[i] = &events[i]
	}
	slices.SortStableFunc(list, func(a, b *history.Event) int { return cmp.Compare(b.Version, a.Version) })
	return list
}

// implied reports whether another event of the element in the same version
// says the same: a deprecation names its sunset, and takes it away again.
func implied(l *history.Life, e *history.Event) bool {
	other := history.Deprecated
	switch e.Kind {
	case history.SunsetSet:
	case history.SunsetDeleted:
		other = history.Reactivated
	default:
		return false
	}
	return slices.ContainsFunc(l.Events, func(o history.Event) bool { return o.Version == e.Version && o.Kind == other })
}

// isPlain reports whether an event is that a stable element appeared.
func isPlain(e *history.Event) bool {
	return e.Kind == history.Appeared && !e.To.Deprecated && e.To.Stability.Rank() == lifecycle.Stable
}

func (s *told) latest() int {
	if len(s.events) == 0 {
		return -1
	}
	return s.events[0].Version
}

// part is what parts of an element share with it.
type part struct {
	life    *history.Life
	version int
	kind    history.EventKind
}

// count counts all events, and for each element those that its parts share
// with it.
func (t *telling) count(o Options) map[part]int {
	parts := map[part]int{}
	for _, l := range t.res.Lives {
		for i := range l.Events {
			e := &l.Events[i]
			t.total[e.Kind]++
			t.by[e.Version][e.Kind]++
			if o.Element || !l.With(e) {
				continue
			}
			top := l.Parent()
			for top.With(e) {
				top = top.Parent()
			}
			parts[part{top, e.Version, e.Kind}]++
		}
	}
	return parts
}

// elements is how many elements a version has.
func elements(v *history.Replayed) int {
	n := 0
	for _, r := range v.Readings {
		n += r.Elements
	}
	return n
}

// others counts the events of a version that have no column of their own.
func (t *telling) others(version int) int {
	n := 0
	for _, kind := range kinds {
		switch kind {
		case history.Appeared, history.Deprecated, history.Removed:
		default:
			n += t.by[version][kind]
		}
	}
	return n
}

// detail says more of an event, "" where there is no more.
func (t *telling) detail(l *history.Life, e event) string {
	var parts []string
	add := func(s ...string) {
		if text := strings.Join(s, ""); text != "" {
			parts = append(parts, text)
		}
	}
	switch e.Kind {
	case history.Appeared, history.Returned:
		add(unstable(&e.To))
		if e.To.Deprecated {
			add("deprecated")
			parts = append(parts, notice(&e.To)...)
		}
	case history.Promoted, history.Demoted:
		add(e.From.Stability.Rank().String(), " → ", e.To.Stability.Rank().String())
	case history.Deprecated:
		parts = append(parts, notice(&e.To)...)
	case history.Redated:
		add(e.From.Since.String(), " → ", or(e.To.Since.String(), "no more said"))
	case history.SunsetSet:
		add(e.To.Sunset.String())
	case history.SunsetMoved:
		add(e.From.Sunset.String(), " → ", e.To.Sunset.String())
	case history.SunsetDeleted:
		add("was ", e.From.Sunset.String())
	case history.ReplacementChanged:
		add(or(e.From.Replacement, "none"), " → ", or(e.To.Replacement, "none"))
	case history.Removed:
		parts = append(parts, t.farewell(l, e.Event)...)
	case history.Reactivated:
	}
	if e.with > 0 {
		add("with ", words.Count(e.with, "part"))
	}
	if gap := e.Version - e.Previous; e.Previous >= 0 && gap > 1 {
		add("after ", t.res.Versions[e.Previous].Name)
	}
	return strings.Join(parts, " · ")
}

// unstable is a stability that is worth to be said.
func unstable(s *lifecycle.State) string {
	if s.Stability.Rank() == lifecycle.Stable {
		return ""
	}
	return s.Stability.String()
}

// notice is what a deprecation says of itself.
func notice(s *lifecycle.State) []string {
	var parts []string
	if !s.Since.IsZero() {
		parts = append(parts, "since "+s.Since.String())
	}
	if !s.Sunset.IsZero() {
		parts = append(parts, "gone "+s.Sunset.String())
	}
	if s.Replacement != "" {
		parts = append(parts, "use "+s.Replacement)
	}
	return parts
}

// farewell says how long a removed element had been deprecated.
func (t *telling) farewell(l *history.Life, e *history.Event) []string {
	switch by := l.DeprecatedIn(e.Previous); {
	case !e.From.Deprecated && unstable(&e.From) != "":
		return []string{unstable(&e.From)}
	case !e.From.Deprecated:
		return []string{"not deprecated before"}
	case by == nil:
		return []string{"deprecated from the start"}
	default:
		was, is := &t.res.Versions[by.Version], &t.res.Versions[e.Version]
		s := "deprecated in " + was.Name
		if days := int(is.Time.Sub(was.Time) / (24 * time.Hour)); !was.Time.IsZero() && !is.Time.IsZero() && days >= 0 {
			s += ", " + words.Count(days, "day") + " before"
		}
		return []string{s}
	}
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// date writes the day of a version, "" where it is unknown.
func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2 Jan 2006")
}
