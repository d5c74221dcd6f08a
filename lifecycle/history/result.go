package history

import (
	"cmp"
	"slices"
)

// Result is what happened over the versions.
type Result struct {
	// Versions are what was replayed, oldest first.
	Versions []Replayed
	// Tracks are the names of the descriptions, in the order in which they
	// were given.
	Tracks []string
	// Lives are all elements that any version has, ordered by surface and
	// name.
	Lives []*Life
}

// Replayed is a version with what came of each of its descriptions.
type Replayed struct {
	Version
	// Readings are in the order of Result.Tracks.
	Readings []Reading
}

// Status is what came of one description in one version.
type Status string

// The statuses.
const (
	// Read is of a description that was read, Unchanged of one that is the
	// same as in the version before.
	Read      Status = "read"
	Unchanged Status = "unchanged"
	// Absent is of one that the version does not have yet.
	Absent Status = "absent"
	// Missing is of one that the version has no more. What happened to its
	// elements nobody knows.
	Missing Status = "missing"
	// Unreadable is of one that cannot be read.
	Unreadable Status = "unreadable"
)

// Reading is what came of one description in one version.
type Reading struct {
	Track    string
	Status   Status
	Elements int
	// Err says why it is missing or unreadable.
	Err error
}

// Complete reports whether every description could be read in every version
// that has it.
func (r *Result) Complete() bool {
	for _, v := range r.Versions {
		for _, reading := range v.Readings {
			if reading.Status == Missing || reading.Status == Unreadable {
				return false
			}
		}
	}
	return true
}

// Changed returns the elements to which something happened, in the order of
// Lives.
func (r *Result) Changed() []*Life {
	list := []*Life{}
	for _, l := range r.Lives {
		if len(l.Events) > 0 {
			list = append(list, l)
		}
	}
	return list
}

// Named returns the elements of a name, on whatever surface.
func (r *Result) Named(name string) []*Life {
	var list []*Life
	for _, l := range r.Lives {
		if l.Name == name {
			list = append(list, l)
		}
	}
	return list
}

// Since returns the result without the events of versions up to and including
// the one with the index: what happened after it. Lives are shared where they
// are the same.
func (r *Result) Since(version int) *Result {
	out := *r
	out.Lives = make([]*Life, len(r.Lives))
	for i, l := range r.Lives {
		from, _ := slices.BinarySearchFunc(l.Events, version+1, func(e Event, v int) int { return cmp.Compare(e.Version, v) })
		if from > 0 {
			short := *l
			short.past, short.Events = slices.Concat(l.past, l.Events[:from]), l.Events[from:]
			l = &short
		}
		out.Lives[i] = l
	}
	return &out
}

// Find returns the index of the version with the name.
func (r *Result) Find(name string) (int, bool) {
	i := slices.IndexFunc(r.Versions, func(v Replayed) bool { return v.Name == name })
	return i, i >= 0
}
