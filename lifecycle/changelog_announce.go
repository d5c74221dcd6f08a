package lifecycle

import (
	"encoding/json"
	"time"

	"github.com/plumbapi/plumb/check"
)

// AnnouncementKind is what changed in the life of an element.
type AnnouncementKind string

// The kinds of notices.
const (
	// Deprecation is for what is deprecated now and was not.
	Deprecation AnnouncementKind = "deprecated"
	// Reactivation is for what was deprecated and is no more.
	Reactivation AnnouncementKind = "reactivated"
	// Rescheduling is for what goes at another time than was said.
	Rescheduling AnnouncementKind = "rescheduled"
	// Redirection is for what is to be replaced by something else than was
	// said.
	Redirection AnnouncementKind = "redirected"
	// Maturation is for what is more stable than it was, Regression for what
	// is less.
	Maturation AnnouncementKind = "matured"
	Regression AnnouncementKind = "regressed"
)

// Announcement is a change in the life of one element.
type Announcement struct {
	Kind AnnouncementKind
	// New says that the element is new as well.
	New bool
	// Element is the element with what the revision says of it.
	Element Element
	// Was is what the base says of it; the zero State for what is new.
	Was State
	// Base is the place in the base; the zero Location for what is new.
	Base check.Location
}

// announcements compares what two versions say of the life of their elements. An
// element has at most one notice of its deprecation and one of its stability.
func announcements(was, is *Inventory) []Announcement {
	type key struct {
		surface Surface
		name    string
	}
	before := make(map[key]*Element, len(was.Elements))
	for i := range was.Elements {
		e := &was.Elements[i]
		before[key{e.Surface, e.Name}] = e
	}
	list := []Announcement{}
	for i := range is.Elements {
		e := &is.Elements[i]
		old := before[key{e.Surface, e.Name}]
		n := Announcement{Element: *e, New: old == nil}
		if old != nil {
			n.Was, n.Base = old.State, old.Location
		}
		add := func(kind AnnouncementKind) { n.Kind = kind; list = append(list, n) }
		switch a, b := &n.Was, &e.State; {
		case b.Deprecated && !a.Deprecated:
			add(Deprecation)
		case a.Deprecated && !b.Deprecated:
			add(Reactivation)
		case !b.Deprecated:
		case a.Sunset != b.Sunset:
			add(Rescheduling)
		case a.Replacement != b.Replacement:
			add(Redirection)
		}
		switch a, b := n.Was.Stability.Rank(), e.State.Stability.Rank(); {
		case old == nil:
		case b > a:
			add(Maturation)
		case b < a:
			add(Regression)
		}
	}
	return list
}

// MarshalJSON writes the notice as {"kind", "new", "surface", "element_kind",
// "element", "is", "was", "location", "base"}. The states is and was have
// {"deprecated", "stability", "since", "sunset", "replacement", "reason"}, with
// moments as {"date", "release"} and "" for what is unknown.
func (n Announcement) MarshalJSON() ([]byte, error) {
	e := &n.Element
	return json.Marshal(struct {
		Kind        AnnouncementKind `json:"kind"`
		New         bool             `json:"new"`
		Surface     Surface          `json:"surface"`
		ElementKind Kind             `json:"element_kind"`
		Element     string           `json:"element"`
		Is          announcedState   `json:"is"`
		Was         announcedState   `json:"was"`
		Location    check.Location   `json:"location"`
		Base        check.Location   `json:"base"`
	}{n.Kind, n.New, e.Surface, e.Kind, e.Name, newAnnouncedState(&e.State), newAnnouncedState(&n.Was), e.Location, n.Base})
}

type announcedState struct {
	Deprecated  bool            `json:"deprecated"`
	Stability   string          `json:"stability"`
	Since       announcedMoment `json:"since"`
	Sunset      announcedMoment `json:"sunset"`
	Replacement string          `json:"replacement"`
	Reason      string          `json:"reason"`
}

type announcedMoment struct {
	Date    string `json:"date"`
	Release string `json:"release"`
}

func newAnnouncedState(s *State) announcedState {
	return announcedState{s.Deprecated, s.Stability.String(), newAnnouncedMoment(s.Since), newAnnouncedMoment(s.Sunset), s.Replacement, s.Reason}
}

func newAnnouncedMoment(m Moment) announcedMoment {
	if m.Date.IsZero() {
		return announcedMoment{Release: m.Release}
	}
	return announcedMoment{m.Date.UTC().Format(time.DateOnly), m.Release}
}
