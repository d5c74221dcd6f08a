package history

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle"
)

// EventKind is what happened to an element.
type EventKind string

// The kinds of events, in the order in which those of one element and version
// come.
const (
	// Appeared is of an element that no version had before; those of the
	// first version that was read have not appeared, they were there.
	Appeared EventKind = "appeared"
	// Returned is of one that was removed before.
	Returned EventKind = "returned"
	// Promoted and Demoted are about its stability.
	Promoted EventKind = "promoted"
	Demoted  EventKind = "demoted"
	// Deprecated and Reactivated are about its deprecation.
	Deprecated  EventKind = "deprecated"
	Reactivated EventKind = "reactivated"
	// Redated is of one that stays deprecated and is said to be so since
	// another day or release.
	Redated EventKind = "redated"
	// SunsetSet, SunsetMoved and SunsetDeleted are about when it is to go.
	SunsetSet     EventKind = "sunset-set"
	SunsetMoved   EventKind = "sunset-moved"
	SunsetDeleted EventKind = "sunset-deleted"
	// ReplacementChanged is of one that stays deprecated in favour of
	// something else.
	ReplacementChanged EventKind = "replacement-changed"
	// Removed is of one that the version has no more.
	Removed EventKind = "removed"
)

// Event is one thing that happened to an element.
type Event struct {
	Kind EventKind
	// Version is the one that shows it first, an index of Result.Versions.
	// Previous is the last one before it that could be read, -1 for none: what
	// happened, happened after it.
	Version, Previous int
	// Location is the element in Version, Base the same in Previous. What is
	// not there has no place: that of a removal is in Base only.
	Location, Base check.Location
	// From and To are the states before and after. That of what is not there
	// is the zero State.
	From, To lifecycle.State
}

// At returns the place that an event is best shown at: where it happened, and
// for a removal where the element was.
func (e *Event) At() check.Location {
	if e.Location.Line > 0 {
		return e.Location
	}
	return e.Base
}

// differences returns what happened between two states of an element that
// both versions have, in the order of kinds.
func differences(from, to *lifecycle.State) []EventKind {
	var kinds []EventKind
	switch a, b := from.Stability.Rank(), to.Stability.Rank(); {
	case a < b:
		kinds = append(kinds, Promoted)
	case a > b:
		kinds = append(kinds, Demoted)
	}
	switch {
	case !from.Deprecated && to.Deprecated:
		kinds = append(kinds, Deprecated)
	case from.Deprecated && !to.Deprecated:
		kinds = append(kinds, Reactivated)
	case to.Deprecated && !from.Since.IsZero() && !sameMoment(from.Since, to.Since):
		kinds = append(kinds, Redated)
	}
	if kind, ok := sunsetDifference(from, to); ok {
		kinds = append(kinds, kind)
	}
	if from.Deprecated && to.Deprecated && from.Replacement != to.Replacement {
		kinds = append(kinds, ReplacementChanged)
	}
	return kinds
}

// sunsetDifference says what became of a sunset. One that cannot be read is
// not one that was deleted.
func sunsetDifference(from, to *lifecycle.State) (EventKind, bool) {
	switch {
	case sameMoment(from.Sunset, to.Sunset):
		return "", false
	case from.Sunset.IsZero():
		return SunsetSet, true
	case !to.Sunset.IsZero():
		return SunsetMoved, true
	}
	return SunsetDeleted, len(to.Problems) == 0
}

func sameMoment(a, b lifecycle.Moment) bool {
	return a.Release == b.Release && a.Date.Equal(b.Date)
}
