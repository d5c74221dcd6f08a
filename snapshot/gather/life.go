package gather

import (
	"slices"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/usage"
	"github.com/plumbapi/plumb/snapshot"
)

// life makes what goes, and what changed.
func life(f *Facts, p *places) *snapshot.Lifecycle {
	if f.Calendar == nil && f.Comparisons == nil {
		return nil
	}
	l := &snapshot.Lifecycle{Compared: f.Comparisons != nil}
	for _, c := range f.Comparisons {
		l.Changes += len(c.Changes)
		for i := range c.Changes {
			if c.Changes[i].Level == check.Error {
				l.Breaking++
			}
		}
	}
	if f.Calendar == nil {
		return l
	}
	l.Policy = f.Calendar.Policy
	used := uses(f.Usage)
	for i := range f.Calendar.Entries {
		e := &f.Calendar.Entries[i]
		at := p.of(e.Name)
		if at.owner == "" {
			at.owner = p.owner("", e.Name, at.tag, e.Location.File)
		}
		d := snapshot.Deprecation{
			Surface: string(e.Surface), Kind: string(e.Kind), Name: e.Name, Tag: at.tag, Owner: at.owner,
			Since: dayOf(e.Since.Date), Due: dayOf(e.Gone.Date), Release: e.Gone.Release, By: string(e.By), Status: string(e.Status),
			Replacement: e.Replacement,
		}
		if u := used[useKey{e.Surface, e.Name}]; u != nil {
			n, calls := u.Consumers, u.Calls
			d.Consumers, d.Calls = &n, &calls
			d.Users = users(u, f.Usage.Named)
			if u.Last != nil {
				d.Last = dayOf(u.Last.UTC())
			}
		}
		l.Deprecations = append(l.Deprecations, d)
	}
	slices.SortStableFunc(l.Deprecations, func(a, b snapshot.Deprecation) int {
		switch {
		case a.Due == b.Due:
			return 0
		case a.Due == "" || b.Due != "" && b.Due < a.Due:
			return 1
		}
		return -1
	})
	return l
}

type useKey struct {
	surface lifecycle.Surface
	name    string
}

func uses(r *usage.Result) map[useKey]*usage.Element {
	m := map[useKey]*usage.Element{}
	if r == nil {
		return m
	}
	for i := range r.Elements {
		e := &r.Elements[i]
		m[useKey{e.Surface, e.Name}] = e
	}
	return m
}

// users are those with the most calls. Names have no place in a snapshot, which
// is kept and sent around.
func users(e *usage.Element, named bool) (list []snapshot.User) {
	if named {
		return nil
	}
	for i := range e.Top[:min(len(e.Top), snapshot.MaxUsers)] {
		list = append(list, snapshot.User{Consumer: e.Top[i].Consumer, Calls: e.Top[i].Calls})
	}
	return list
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
