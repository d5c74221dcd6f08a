package lifecycle

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/form"
)

// Policy is what a product promises before it takes something away. It is
// data; see policies.yaml of this package for the form, and [Policies] for
// those that plumb knows.
type Policy struct {
	// ID names the policy, Title says whose it is, Source is where it is
	// published.
	ID, Title, Source string
	// REST, GraphQL and Webhooks are the policies of the surfaces, where
	// there is not one for all; nil means this one.
	REST, GraphQL, Webhooks *Policy

	// Stable, Beta, Experimental and Internal are what holds at each level.
	Stable, Beta, Experimental, Internal Notice
	// Releases is the release calendar, nil where releases are not counted.
	Releases *Releases
	// NoDeprecatedArrivals says that nothing may come deprecated.
	NoDeprecatedArrivals bool
	// ReplacementAsStable says that nothing is deprecated in favour of what
	// is less stable.
	ReplacementAsStable bool
	// Unless are the cases in which the policy lets somebody decide
	// otherwise; Notes is what else it says. Both are for people.
	Unless, Notes []string
	// Exceptions are the elements that the policy does not hold for.
	Exceptions []Exception
}

// Notice is what holds before something of one level goes. The zero Notice
// asks for nothing.
type Notice struct {
	// Days and Releases are at least between deprecation and removal; where
	// both are given, the longer one counts.
	Days, Releases int
	// MajorOnly says that only a release X.0 removes.
	MajorOnly bool
	// Never says within what nothing is removed, such as "within v4"; "" where
	// removal is possible.
	Never string
	// Conditions are what must be true besides, which nothing here can know.
	Conditions []string
	// TimeboxDays and TimeboxReleases are how long something may stay at the
	// level; 0 means as long as it likes.
	TimeboxDays, TimeboxReleases int
}

// Free reports whether what is of the level may go at any time.
func (n *Notice) Free() bool {
	return n.Days == 0 && n.Releases == 0 && !n.MajorOnly && n.Never == "" && len(n.Conditions) == 0
}

// Exception is one element, or several, that a policy does not hold for,
// until a day, and who answers for that.
type Exception struct {
	// Element is a glob over names; see [check.MatchGlob].
	Element string
	Reason  string
	Owner   string
	// Until is the last day on which it holds.
	Until time.Time
	// At is where it is written.
	At check.Location
}

// For returns the policy of a surface.
func (p *Policy) For(s Surface) *Policy {
	part := p.REST
	switch s {
	case GraphQL:
		part = p.GraphQL
	case Webhooks:
		part = p.Webhooks
	}
	if part == nil {
		return p
	}
	return part
}

// Notice returns what holds at a level.
func (p *Policy) Notice(level Stability) *Notice {
	switch level.Rank() {
	case Internal:
		return &p.Internal
	case Experimental:
		return &p.Experimental
	case Beta:
		return &p.Beta
	}
	return &p.Stable
}

//go:embed policies.yaml
var policiesFile []byte

var shipped = sync.OnceValue(func() []*Policy {
	list, err := parsePolicies("policies.yaml", policiesFile, nil)
	if err != nil {
		panic(err) //nolint:forbidigo // the file is part of the program, and every test reads it
	}
	return list
})

// Policies returns the policies that plumb knows, in the order in which they
// are documented. They are shared: read them, do not write to them.
func Policies() []*Policy { return slices.Clone(shipped()) }

// FindPolicy returns the policy that plumb knows by an ID. The error is an
// *[UnknownPolicyError].
func FindPolicy(id string) (*Policy, error) {
	var ids []string
	for _, p := range shipped() {
		if p.ID == id {
			return p, nil
		}
		ids = append(ids, p.ID)
	}
	return nil, &UnknownPolicyError{Name: id, Closest: check.Closest(id, ids)}
}

// WithReleases returns the policy with another release calendar, on every
// surface.
func (p *Policy) WithReleases(r *Releases) *Policy {
	with := *p
	with.Releases = r
	for _, part := range []**Policy{&with.REST, &with.GraphQL, &with.Webhooks} {
		if *part != nil {
			*part = (*part).WithReleases(r)
		}
	}
	return &with
}

// ParsePolicy reads a file with one policy, YAML or JSON. What it does not say
// is taken from the policy that it names under extends. The name is used for
// messages and places. The error is a *[FileError].
func ParsePolicy(name string, data []byte) (*Policy, error) {
	list, err := parsePolicies(name, data, shipped())
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, form.Errorf(name, check.Location{}, "the file has no policy")
	}
	return list[0], nil
}

// FindReleases returns the release calendar that plumb knows by an ID. The
// error is an *[UnknownPolicyError].
func FindReleases(id string) (*Releases, error) {
	var ids []string
	for _, p := range shipped() {
		if p.Releases == nil {
			continue
		}
		if p.Releases.ID == id {
			return p.Releases, nil
		}
		ids = append(ids, p.Releases.ID)
	}
	return nil, &UnknownPolicyError{Noun: "release calendar", Name: id, Closest: check.Closest(id, ids)}
}

// UnknownPolicyError says that there is no policy, or no release calendar, of
// a name.
type UnknownPolicyError struct {
	// Noun is what was looked for; "" is a policy.
	Noun    string
	Name    string
	Closest string // "" where none is near
}

// Error says which name is unknown and which may be meant.
func (e *UnknownPolicyError) Error() string {
	text := fmt.Sprintf("unknown %s %q", cmp.Or(e.Noun, "policy"), e.Name)
	if e.Closest != "" {
		text += fmt.Sprintf("; did you mean %q?", e.Closest)
	}
	return text
}
