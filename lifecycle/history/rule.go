package history

import (
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle"
)

type (
	rule = check.Rule[*Case]
	pass = check.Pass[*Case]
)

// since is the version that first had these rules.
const since = "0.1.0"

// named is an element as findings speak of it: `field "Query.a"`.
func named(l *Life) string { return fmt.Sprintf("%s %q", l.Kind, l.Name) }

// happenings calls look with each event of a kind, in the order of lives.
func happenings(c *Case, kind EventKind, look func(l *Life, e *Event)) {
	for _, l := range c.Lives {
		for i := range l.Events {
			if e := &l.Events[i]; e.Kind == kind {
				look(l, e)
			}
		}
	}
}

// report reports a finding about an event, at its place. Places beside it are
// the element before the event, and those that are given.
func report(p *pass, l *Life, e *Event, message string, related ...check.Related) {
	c := p.Subject
	properties := map[string]any{
		"element": l.Name, "kind": string(l.Kind), "surface": string(l.Surface), "version": c.Versions[e.Version].Name,
	}
	if e.Previous >= 0 {
		properties["previous"] = c.Versions[e.Previous].Name
	}
	if e.Base.Line > 0 && e.Location.Line > 0 {
		related = append([]check.Related{{Message: "as it was in " + c.Versions[e.Previous].Name, Location: e.Base}}, related...)
	}
	p.Report(check.Finding{Location: e.At(), Message: message, Related: related, Properties: properties})
}

// deprecation is the place where an element was deprecated, for findings
// about what came of it.
func (c *Case) deprecation(e *Event) []check.Related {
	if e == nil || e.Location.Line == 0 {
		return nil
	}
	return []check.Related{{Message: "deprecated in " + c.Versions[e.Version].Name, Location: e.Location}}
}

// standing is how an element stands in a version together with all that it is
// a part of: an argument of an experimental field is experimental itself.
type standing struct {
	stability  lifecycle.Stability
	deprecated bool
	// by is the event that deprecated it, the earliest of its own and those of
	// what it is a part of; nil where it was deprecated from the start.
	by *Event
	// since and sunset are what the nearest deprecated one of them says.
	since, sunset lifecycle.Moment
}

// standingIn returns how an element stands in a version.
func standingIn(l *Life, version int) standing {
	s := standing{stability: lifecycle.Stable}
	start := false
	for ; l != nil; l = l.Parent() {
		state, ok := l.StateIn(version)
		if !ok {
			continue
		}
		s.stability = min(s.stability, state.Stability.Rank())
		if !state.Deprecated {
			continue
		}
		if s.sunset.IsZero() {
			s.sunset = state.Sunset
		}
		if s.since.IsZero() {
			s.since = state.Since
		}
		s.deprecated = true
		by := l.DeprecatedIn(version)
		start = start || by == nil
		if s.by == nil || by != nil && by.Version < s.by.Version {
			s.by = by
		}
	}
	if start {
		s.by = nil
	}
	return s
}
