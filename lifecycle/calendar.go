package lifecycle

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
)

// Calendar is what goes away and when, on all surfaces together, the first to
// go first; what has no day or release stands last.
type Calendar struct {
	// Today is the day by which entries are judged.
	Today time.Time
	// Policy names the policy that days were taken from where descriptions
	// give none; "" where there is none.
	Policy  string
	Entries []Entry
}

// Entry is one deprecated element. What several operations share, such as a
// parameter of the components, is one entry.
type Entry struct {
	Surface   Surface
	Kind      Kind
	Name      string
	Location  check.Location
	Stability Stability
	// Uses are how many operations share the element; 1 for most.
	Uses int
	// Since is when it was deprecated; zero where nobody says.
	Since Moment
	// Gone is when it goes: the stated sunset, else the first moment at which
	// the policy lets it go, as By says. It is zero where there is neither.
	// Its day is added where only the release is known, by the release
	// calendar of the policy.
	Gone Moment
	By   By
	// Status is how that stands to today.
	Status Status
	// Why says how the policy comes to the moment, or why there is none.
	Why string
	// Replacement and Reason are those of the State.
	Replacement, Reason string
	// Carriers are what said so.
	Carriers []string
}

// By is who says when an element goes.
type By string

// The sources of a moment.
const (
	Stated   By = "stated"
	ByPolicy By = "policy"
	Nobody   By = "nobody"
)

// Status is how the end of an element stands to today.
type Status string

// The states, the most pressing first.
const (
	Overdue   Status = "overdue"   // past the stated sunset and still there
	Removable Status = "removable" // the policy lets it go already
	Ahead     Status = "ahead"     // its end is still to come
	Undated   Status = "undated"   // nobody says when
	Kept      Status = "kept"      // the policy never lets it go
)

// Statuses are the states in their order.
func Statuses() []Status { return []Status{Overdue, Removable, Ahead, Undated, Kept} }

// NewCalendar makes the calendar of what descriptions deprecate, at the day of
// now. The policy may be nil.
func NewCalendar(policy *Policy, now time.Time, inventories ...*Inventory) *Calendar {
	c := &Calendar{Today: day(now)}
	if policy != nil {
		c.Policy = policy.ID
	}
	s := &Subject{Inventories: inventories, Policy: policy, Now: now}
	for e := range s.stated() {
		if e.State.Deprecated {
			c.Entries = append(c.Entries, s.entry(e))
		}
	}
	slices.SortStableFunc(c.Entries, func(a, b Entry) int {
		return cmp.Or(
			compareMoments(a.Gone, b.Gone),
			slices.Index(Statuses(), a.Status)-slices.Index(Statuses(), b.Status),
			strings.Compare(string(b.By), string(a.By)), // stated before policy
			cmp.Compare(surfaceOrder(a.Surface), surfaceOrder(b.Surface)),
			strings.Compare(a.Location.File, b.Location.File),
		)
	})
	return c
}

// Count returns how many entries have a status.
func (c *Calendar) Count(s Status) int {
	n := 0
	for i := range c.Entries {
		if c.Entries[i].Status == s {
			n++
		}
	}
	return n
}

func (s *Subject) entry(e place) Entry {
	st := &e.State
	out := Entry{
		Surface: e.Surface, Kind: e.Kind, Name: e.Name, Location: e.Location, Stability: st.Stability, Uses: e.uses,
		Since: st.Since, By: Nobody, Status: Undated, Replacement: st.Replacement, Reason: st.Reason, Carriers: st.Carriers,
	}
	rel := s.releases(e.Surface)
	if !st.Sunset.IsZero() {
		out.Gone, out.By, out.Status = rel.Complete(st.Sunset), Stated, Ahead
		if past, known := rel.Past(out.Gone, s.Now); known && past {
			out.Status = Overdue
		}
		return out
	}
	if s.Policy == nil {
		out.Why = "the description gives no end, and there is no policy"
		return out
	}
	r := s.Policy.Removal(e.Element, s.Now)
	out.Why = r.Why
	switch {
	case r.Never:
		out.By, out.Status = ByPolicy, Kept
	case r.Unknown != "":
		out.Why = r.Unknown
	case r.AnyTime():
		out.By, out.Status = ByPolicy, Removable
	case !r.Earliest.IsZero():
		out.Gone, out.By, out.Status = rel.Complete(r.Earliest), ByPolicy, Ahead
		if past, known := rel.Past(out.Gone, s.Now.AddDate(0, 0, 1)); known && past {
			out.Status = Removable
		}
	}
	return out
}

// compareMoments orders by day; then what has a release only, by its number;
// what has neither is last.
func compareMoments(a, b Moment) int {
	rank := func(m Moment) int {
		switch {
		case !m.Date.IsZero():
			return 0
		case m.Release != "":
			return 1
		}
		return 2
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), a.Date.Compare(b.Date), CompareReleases(a.Release, b.Release))
}

func surfaceOrder(s Surface) int { return slices.Index([]Surface{REST, GraphQL, Webhooks}, s) }
