package parity

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// MatcherVersion is that of the matcher. It is raised with every change after
// which the matcher may decide otherwise about the same descriptions: a lock
// of another version holds its decisions until it is written anew.
const MatcherVersion = 1

// Lock are the decisions that hold until they are written anew, as
// parity.lock has them, and the gaps that were known then. [NewLock] makes
// one of a result, [ReadLock] reads one.
type Lock struct {
	// Name is the file, for messages.
	Name string
	// Matcher is the MatcherVersion that the lock was written with.
	Matcher int

	Operations []LockedOperation // by name
	Roots      []LockedRoot      // by coordinate
	Types      []LockedType      // by pointer
	Fields     []LockedField     // by REST name, then by coordinate
	Groups     []LockedGroup     // by name
}

// LockedOperation is what was decided about an operation.
type LockedOperation struct {
	Operation string         `json:"operation"`
	Status    Status         `json:"status"`
	Reason    Reason         `json:"reason,omitempty"`
	GraphQL   []string       `json:"graphql,omitempty"`
	Band      Band           `json:"band,omitempty"`
	At        check.Location `json:"-"`
}

// LockedRoot is a query or mutation that was known.
type LockedRoot struct {
	GraphQL string         `json:"graphql"`
	Status  Status         `json:"status"`
	At      check.Location `json:"-"`
}

// LockedType is what was decided about a named schema.
type LockedType struct {
	REST    string `json:"rest"`
	Status  Status `json:"status"`
	GraphQL string `json:"graphql,omitempty"`
	Band    Band   `json:"band,omitempty"`
	// Pairs are the properties that surely had a field: the names of both. A
	// field of another type, which the schema's type may be, has its
	// coordinate.
	Pairs map[string]string `json:"pairs,omitempty"`
	At    check.Location    `json:"-"`
}

// LockedField is a property or a field that was known to have no counterpart.
type LockedField struct {
	REST    string         `json:"rest,omitempty"`
	GraphQL string         `json:"graphql,omitempty"`
	At      check.Location `json:"-"`
}

// LockedGroup are the gaps that a tag had at the least.
type LockedGroup struct {
	Group string `json:"group"`
	Counts
	At check.Location `json:"-"`
}

// NewLock makes the lock that follows the one in force: what it decided
// stays, what is new is taken in, what is gone is left out, and the number of
// gaps of a group only shrinks. Of a result that was made without a lock it
// makes one that takes over what the matcher and parity.yaml decide, and the
// gaps that there are.
func NewLock(res *Result) *Lock {
	l := &Lock{Matcher: MatcherVersion}
	held, pairs := false, surePairs(res)
	for _, op := range res.Operations {
		held = held || op.Source == Locked
		l.operation(op.Operation, op.verdict())
	}
	for _, t := range res.Types {
		held = held || t.Source == Locked
		l.Types = append(l.Types, LockedType{REST: t.REST, Status: t.Status, GraphQL: t.GraphQL, Band: t.verdict().Band, Pairs: pairs[t.Name]})
	}
	if held && res.Lock != nil {
		l.Matcher = res.Lock.Matcher // its decisions go on
	}
	if res.Lock == nil {
		l.Groups = counts(res)
	}
	for _, g := range res.Baseline {
		if c := ratchet(g.Locked, g.Now); c != (Counts{}) {
			l.Groups = append(l.Groups, LockedGroup{Group: g.Group, Counts: c})
		}
	}
	l.rest(res)
	return l
}

// FreshLock makes a lock that takes over what the matcher and parity.yaml
// decide now, and the gaps that there are, whatever the lock in force has. It
// is that of [NewLock] for the same descriptions matched without a lock.
func FreshLock(res *Result) *Lock {
	if res.Lock == nil {
		return NewLock(res)
	}
	opts := res.options
	opts.Lock = nil
	fresh, err := Match(context.Background(), res.REST, res.GraphQL, opts)
	if err != nil { // only the lock made a pair of them
		return NewLock(res)
	}
	return NewLock(fresh)
}

// ratchet returns the counts that may not be exceeded from now on: the fewest
// without a counterpart, and the fewest of those and the partial ones
// together.
func ratchet(locked, now Counts) Counts {
	c := Counts{None: min(locked.None, now.None), RootNone: min(locked.RootNone, now.RootNone), Missing: min(locked.Missing, now.Missing)}
	c.Partial = min(locked.None+locked.Partial, now.None+now.Partial) - c.None
	c.RootPartial = min(locked.RootNone+locked.RootPartial, now.RootNone+now.RootPartial) - c.RootNone
	return c
}

func (l *Lock) operation(name string, v Verdict) {
	l.Operations = append(l.Operations, LockedOperation{Operation: name, Status: v.Status, Reason: v.Reason, GraphQL: v.GraphQL, Band: v.Band})
}

// rest takes over roots and gaps of fields, and puts everything in order.
func (l *Lock) rest(res *Result) {
	for _, r := range res.Roots {
		l.Roots = append(l.Roots, LockedRoot{GraphQL: r.Coordinate, Status: r.Status})
	}
	for _, f := range res.Fields {
		if g := gapOf(f); g != (LockedField{}) {
			l.Fields = append(l.Fields, g)
		}
	}
	l.sort()
}

// gapOf returns the gap that a field is, zero where it is none that counts.
func gapOf(f *Field) LockedField {
	switch {
	case f.Class != "":
		return LockedField{}
	case f.Kind == RESTOnly:
		return LockedField{REST: f.REST}
	case f.Kind == GraphQLOnly:
		return LockedField{GraphQL: f.GraphQL}
	}
	return LockedField{}
}

func (l *Lock) sort() {
	slices.SortFunc(l.Operations, func(a, b LockedOperation) int {
		am, ap, _ := strings.Cut(a.Operation, " ")
		bm, bp, _ := strings.Cut(b.Operation, " ")
		return cmp.Or(strings.Compare(ap, bp), strings.Compare(am, bm))
	})
	slices.SortFunc(l.Roots, func(a, b LockedRoot) int { return strings.Compare(a.GraphQL, b.GraphQL) })
	slices.SortFunc(l.Types, func(a, b LockedType) int { return strings.Compare(a.REST, b.REST) })
	slices.SortFunc(l.Fields, func(a, b LockedField) int {
		return cmp.Or(strings.Compare(a.REST, b.REST), strings.Compare(a.GraphQL, b.GraphQL))
	})
	l.Fields = slices.CompactFunc(l.Fields, func(a, b LockedField) bool { return a.REST == b.REST && a.GraphQL == b.GraphQL })
	slices.SortFunc(l.Groups, func(a, b LockedGroup) int { return strings.Compare(a.Group, b.Group) })
}
