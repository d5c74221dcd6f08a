package history

import (
	"iter"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle"
)

// Life is one element with all that happened to it.
type Life struct {
	Track   string
	Surface lifecycle.Surface
	Kind    lifecycle.Kind
	Name    string
	// Operation is the operation that a parameter or header belongs to.
	Operation string
	// First and Last are the first and the last version that have it, as
	// indexes of Result.Versions.
	First, Last int
	// FromStart says that the first version that was read has it, so that
	// nobody knows how long it was there before.
	FromStart bool
	// Present says that the last version that was read has it.
	Present bool
	// State and Location are those in the last version that has it.
	State    lifecycle.State
	Location check.Location
	// Initial is its state in the first version that has it.
	Initial lifecycle.State
	// Events are in order of versions, those of one version in that of kinds.
	// Those of Result.Since are the last ones only.
	Events []Event

	parent *Life
	// past are the events before Events.
	past []Event
}

// all returns all events, also those that are not among Events any more, and
// whether each is.
func (l *Life) all() iter.Seq2[*Event, bool] {
	return func(yield func(*Event, bool) bool) {
		for i := range l.past {
			if !yield(&l.past[i], false) {
				return
			}
		}
		for i := range l.Events {
			if !yield(&l.Events[i], true) {
				return
			}
		}
	}
}

// Parent returns the element that this one is a part of: the operation of a
// parameter, the type of a field, the schema of a property. It is nil where
// no version has one.
func (l *Life) Parent() *Life { return l.parent }

// StateIn returns the state of the element in a version, as an index of
// Result.Versions, and whether the version has it.
func (l *Life) StateIn(version int) (lifecycle.State, bool) {
	state, present := l.Initial, version >= l.First
	for e := range l.all() {
		if e.Version > version {
			break
		}
		state, present = e.To, e.Kind != Removed
	}
	return state, present
}

// DeprecatedIn returns the event that deprecated the element as it is in a
// version: of kind Deprecated, or the one in which it came deprecated. It is
// nil where it is not deprecated there, or was from the start.
func (l *Life) DeprecatedIn(version int) *Event {
	var since *Event
	for e := range l.all() {
		switch {
		case e.Version > version:
			return since
		case !e.To.Deprecated:
			since = nil
		case !e.From.Deprecated:
			since = e
		}
	}
	return since
}

// With reports whether the event is one of the element's parent too: what
// goes with an operation did not go by itself.
func (l *Life) With(e *Event) bool {
	if l.parent == nil {
		return false
	}
	for p := range l.parent.all() {
		if p.Version == e.Version && p.Kind == e.Kind {
			return true
		}
	}
	return false
}

// findParents sets the parents of lives: the element with the longest name
// that this one's begins with, up to where a part begins.
func findParents(lives []*Life) {
	names := make(map[key]*Life, len(lives))
	for _, l := range lives {
		names[key{l.Surface, pathless(l.Name)}] = l
	}
	for _, l := range lives {
		switch l.Kind {
		case lifecycle.Operation, lifecycle.Schema, lifecycle.SecurityScheme, lifecycle.Type:
			continue
		}
		for name := pathless(l.Name); l.parent == nil; {
			end := strings.LastIndexAny(name, ".( [")
			if end <= 0 {
				break
			}
			name = name[:end]
			l.parent = names[key{l.Surface, name}]
		}
	}
}

// pathless returns a name without those of the parameters in a path, which may
// have changed between the versions that two names are from.
func pathless(name string) string {
	if !strings.Contains(name, "{") {
		return name
	}
	return withoutNames(name)
}

// settle copies the texts of a state, which may be parts of a document that is
// not to be kept for them.
func settle(s lifecycle.State) lifecycle.State {
	s.Since.Release = strings.Clone(s.Since.Release)
	s.Sunset.Release = strings.Clone(s.Sunset.Release)
	s.Replacement = strings.Clone(s.Replacement)
	s.Reason = strings.Clone(s.Reason)
	carriers := make([]string, len(s.Carriers))
	for i, c := range s.Carriers {
		carriers[i] = strings.Clone(c)
	}
	s.Carriers = carriers
	problems := make([]lifecycle.Problem, len(s.Problems))
	for i, p := range s.Problems {
		p.Carrier, p.Value, p.Want = strings.Clone(p.Carrier), strings.Clone(p.Value), strings.Clone(p.Want)
		p.Location = settlePlace(p.Location)
		problems[i] = p
	}
	s.Problems = problems
	return s
}

// settlePlace copies the texts of a place.
func settlePlace(at check.Location) check.Location {
	at.File, at.Element = strings.Clone(at.File), strings.Clone(at.Element)
	return at
}
