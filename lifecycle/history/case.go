package history

import (
	"strings"
	"time"

	"github.com/plumbapi/plumb/lifecycle"
)

// Case is a history with what it is judged by.
type Case struct {
	*Result
	// Policy is what was promised; nil means that nobody said.
	Policy *lifecycle.Policy
	// Tolerance is how much earlier than its version the day of a deprecation
	// may be; 0 means DefaultTolerance.
	Tolerance time.Duration
	// Patience is how many releases an experiment may take to become stable
	// where the policy does not say; 0 means DefaultPatience.
	Patience int
}

// What is taken where a case does not say.
const (
	DefaultTolerance = 7 * 24 * time.Hour
	DefaultPatience  = 12
)

func (c *Case) tolerance() time.Duration {
	if c.Tolerance > 0 {
		return c.Tolerance
	}
	return DefaultTolerance
}

func (c *Case) patience(l *Life) int {
	if c.Policy != nil {
		if n := c.Policy.For(l.Surface).Notice(l.State.Stability).TimeboxReleases; n > 0 {
			return n
		}
	}
	if c.Patience > 0 {
		return c.Patience
	}
	return DefaultPatience
}

// removals calls look with each removal that says something to clients and that
// is not one of something larger. Types of GraphQL and schemas are reached
// through fields and operations, which are judged themselves; the parameters
// of a path cannot go by themselves; where all properties of an object go at
// once, it was written another way; and one of a branch that another branch
// has too is still there.
func (c *Case) removals(look func(l *Life, e *Event)) {
	siblings := c.siblings()
	happenings(c, Removed, func(l *Life, e *Event) {
		switch {
		case l.Kind == lifecycle.Type, l.Kind == lifecycle.Schema, l.With(e):
		case l.Kind == lifecycle.Parameter && strings.HasPrefix(strings.TrimPrefix(l.Name, l.Operation), " path "):
		case l.Kind == lifecycle.Property && !remains(siblings[home(l.Name)], e.Version):
		case l.Kind == lifecycle.Property && inOtherBranch(siblings[home(l.Name)], l, e.Version):
		default:
			look(l, e)
		}
	})
}

// siblings are the properties of each object that has lost some.
func (c *Case) siblings() map[string][]*Life {
	list := map[string][]*Life{}
	happenings(c, Removed, func(l *Life, _ *Event) {
		if l.Kind == lifecycle.Property {
			list[home(l.Name)] = nil
		}
	})
	for _, l := range c.Lives {
		if l.Kind != lifecycle.Property {
			continue
		}
		if _, ok := list[home(l.Name)]; ok {
			list[home(l.Name)] = append(list[home(l.Name)], l)
		}
	}
	return list
}

// home is the name of the object that a property is in.
func home(name string) string {
	return name[:max(strings.LastIndexAny(name, ". "), 0)]
}

// inOtherBranch reports whether a property of one branch of a schema, such as
// "User.name#2", is in another branch of a version.
func inOtherBranch(siblings []*Life, l *Life, version int) bool {
	of := home(l.Name)
	base, _, ok := strings.Cut(l.Name[len(of):], "#")
	if !ok {
		return false
	}
	base = of + base
	for _, s := range siblings {
		if _, there := s.StateIn(version); there && (s.Name == base || strings.HasPrefix(s.Name, base+"#")) {
			return true
		}
	}
	return false
}

// remains reports whether a version has one of the elements.
func remains(list []*Life, version int) bool {
	for _, l := range list {
		if _, ok := l.StateIn(version); ok {
			return true
		}
	}
	return false
}

// titled names a version with its day, where that is known.
func (v *Version) titled() string {
	if v.Time.IsZero() {
		return v.Name
	}
	return v.Name + " of " + v.Time.UTC().Format(time.DateOnly)
}

// releases counts the releases from one version to another: versions whose
// first two numbers are not those of the one before. Without numbers each
// version is one.
func (c *Case) releases(from, to int) int {
	n := 0
	for i := from + 1; i <= to; i++ {
		a, b := c.Versions[i-1].Release, c.Versions[i].Release
		if a.IsZero() || b.IsZero() || compareNumbers(a.milestone(), b.milestone()) != 0 {
			n++
		}
	}
	return n
}

// unstableFrom returns the version since which an element is less than stable.
func (l *Life) unstableFrom() int {
	from := l.First
	if l.Initial.Stability.Rank() == lifecycle.Stable {
		from = l.Last
	}
	stable := l.Initial.Stability.Rank() == lifecycle.Stable
	for e := range l.all() {
		if now := e.To.Stability.Rank() == lifecycle.Stable || e.Kind == Removed; now != stable {
			stable, from = now, e.Version
		}
	}
	return from
}

// standsDeprecated reports whether an element, or what it is a part of, is
// deprecated in a version.
func standsDeprecated(l *Life, version int) bool {
	return l != nil && standingIn(l, version).deprecated
}

// order is how one moment stands to another.
type order int

const (
	unknown order = iota
	earlier
	same
	later
)

// compareMoments says how a stands to b: by their days, else by their releases.
func compareMoments(a, b lifecycle.Moment) order {
	if !a.Date.IsZero() && !b.Date.IsZero() {
		return orderOf(a.Date.Compare(b.Date))
	}
	x, ok := ParseRelease(a.Release)
	y, ok2 := ParseRelease(b.Release)
	if !ok || !ok2 {
		return unknown
	}
	return orderOf(x.Compare(y))
}

func orderOf(c int) order {
	return [...]order{earlier, same, later}[c+1]
}

// reached reports whether a version is at or after a moment; known is false
// where that cannot be told. One of day and release is enough.
func (v *Version) reached(m lifecycle.Moment) (yes, known bool) {
	if !m.Date.IsZero() && !v.Time.IsZero() {
		yes, known = !v.Time.UTC().Before(m.Date), true
	}
	if r, ok := ParseRelease(m.Release); ok && !v.Release.IsZero() {
		yes, known = yes || compareNumbers(v.Release.Numbers, r.Numbers) >= 0, true
	}
	return yes, known
}
