package lifecycle

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Bump is a step from one version number to the next, as semver.org has it.
type Bump string

// The steps, the smallest first. NoBump is for what did not change.
const (
	NoBump Bump = "none"
	Patch  Bump = "patch"
	Minor  Bump = "minor"
	Major  Bump = "major"
)

// Advice says which version a change calls for. What breaks an experiment, or
// what was internal, does not count: users were told.
type Advice struct {
	// Bump is the step that the changes call for.
	Bump Bump `json:"bump"`
	// Next is the version after the base with that step; "" where the base
	// has no version of the form 1.2.3, 1.2 or 1. Before 1.0, what breaks
	// calls for the next minor version only; one number alone, such as v4,
	// counts what breaks only.
	Next string `json:"next"`
	// Actual is the step between the versions of both sides; "" where it
	// cannot be told.
	Actual Bump `json:"actual"`
	// Disagrees says that the versions take a smaller step than the changes
	// call for, or none, or one back.
	Disagrees bool `json:"disagrees"`
	// Milestone is the same for products that only break at X.0.
	Milestone Milestone `json:"milestone"`
	// Breaking counts what breaks, and Experiments what breaks experiments
	// only.
	Breaking    int `json:"breaking"`
	Experiments int `json:"experiments"`
}

// Milestone says when a product that removes at X.0 only can release a change.
type Milestone struct {
	// MajorOnly says that the change has to wait for X.0.
	MajorOnly bool `json:"major_only"`
	// Release is the release that is to carry it: the version of the revision
	// where it comes after that of the base, else the next minor one; "" where
	// the base has no version of at least two numbers. May says whether it may
	// carry it.
	Release string `json:"release"`
	May     bool   `json:"may"`
	// Earliest is the first release that may, "" where Release is.
	Earliest string `json:"earliest"`
}

func advise(l *Changelog) Advice {
	a := Advice{Bump: NoBump}
	for _, s := range l.Sections {
		for _, r := range s.Resources {
			for i := range r.Entries {
				a.Bump = larger(a.Bump, a.step(s.Effect, &r.Entries[i]))
			}
		}
	}
	if len(l.Announcements) > 0 {
		a.Bump = larger(a.Bump, Minor)
	}
	a.between(l.BaseVersion, l.RevisionVersion)
	return a
}

// step is what one entry calls for.
func (a *Advice) step(e Effect, entry *ChangelogEntry) Bump {
	switch e {
	case Breaking, Retired:
		if unreliable(entry.Stability) {
			a.Experiments++
			return Minor
		}
		a.Breaking++
		return Major
	case Editorial:
		return Patch
	}
	return Minor
}

// between sets what depends on the versions, either of which may be unknown.
func (a *Advice) between(base, revision string) {
	a.Next, a.Actual, a.Disagrees = "", "", false
	a.Milestone = Milestone{MajorOnly: a.Breaking > 0, May: a.Breaking == 0}
	from, ok := parseVersion(base)
	if !ok {
		return
	}
	bump := a.Bump
	switch {
	case from.parts == 1 && bump != Major:
		bump = NoBump
	case from.parts > 1 && from.numbers[0] == 0 && bump == Major:
		bump = Minor
	}
	a.Next = from.next(bump).String()
	to, known := parseVersion(revision)
	back := false
	if known {
		a.Actual, back = from.stepTo(to)
		a.Disagrees = back || rank(a.Actual) < rank(bump)
	}
	if from.parts > 1 {
		a.Milestone.plan(from, to, known && !back && a.Actual != NoBump)
	}
}

// plan finds the releases; to counts where it is ahead of from.
func (m *Milestone) plan(from, to version, ahead bool) {
	release := from.next(Minor)
	if ahead {
		release = to
	}
	m.Release = release.short()
	major := release.numbers[0] > from.numbers[0] || from.pre != "" && release.numbers == from.numbers
	m.May = !m.MajorOnly || major && release.numbers[1] == 0
	switch {
	case m.May:
		m.Earliest = m.Release
	default:
		m.Earliest = from.next(Major).short()
	}
}

var ranks = map[Bump]int{Patch: 1, Minor: 2, Major: 3}

func rank(b Bump) int { return ranks[b] }

func larger(a, b Bump) Bump {
	if rank(b) > rank(a) {
		return b
	}
	return a
}

// version is a version number of one to three parts.
type version struct {
	prefix  string // "v" or nothing
	numbers [3]int
	parts   int
	pre     string // what is behind a hyphen
}

var versionForm = regexp.MustCompile(`^(v?)(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$`)

// parseVersion reads 1.2.3, 1.2, 1 and v1, with what semver lets follow. A date such
// as 2024-11-20 is none.
func parseVersion(s string) (version, bool) {
	m := versionForm.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil || m[3] == "" && m[5] != "" {
		return version{}, false
	}
	v := version{prefix: m[1], pre: m[5]}
	for i, text := range m[2:5] {
		if text == "" {
			break
		}
		v.numbers[i], _ = strconv.Atoi(text)
		v.parts++
	}
	return v, true
}

// next returns the version after v. One without room for the step, such as
// 4.1 for a patch, gets it.
func (v version) next(b Bump) version {
	n := version{prefix: v.prefix, parts: v.parts, numbers: v.numbers}
	switch {
	case b == NoBump:
		return v
	case v.pre != "" && v.fits(b):
		return n // 2.0.0-beta becomes 2.0.0
	case b == Major:
		n.numbers = [3]int{v.numbers[0] + 1}
	case b == Minor:
		n.numbers = [3]int{v.numbers[0], v.numbers[1] + 1}
		n.parts = max(n.parts, 2)
	default:
		n.numbers[2]++
		n.parts = 3
	}
	return n
}

// fits reports whether the version that a prerelease leads to is a step of at
// least b from the one before.
func (v version) fits(b Bump) bool {
	switch {
	case v.numbers[2] > 0:
		return b == Patch
	case v.numbers[1] > 0:
		return b != Major
	}
	return true
}

// stepTo returns the largest step on the way to another version, and whether
// it leads back.
func (v version) stepTo(w version) (step Bump, back bool) {
	for i, b := range []Bump{Major, Minor, Patch} {
		if v.numbers[i] != w.numbers[i] {
			return b, w.numbers[i] < v.numbers[i]
		}
	}
	switch {
	case v.pre == w.pre:
		return NoBump, false
	case v.pre != "" && w.pre == "":
		return v.released(), false
	}
	return Patch, w.pre != "" && v.pre == ""
}

// released is the step that the release of a prerelease counts as.
func (v version) released() Bump {
	switch {
	case v.numbers[2] > 0:
		return Patch
	case v.numbers[1] > 0:
		return Minor
	}
	return Major
}

func (v version) String() string {
	text := v.prefix + strconv.Itoa(v.numbers[0])
	for _, n := range v.numbers[1:max(v.parts, 1)] {
		text += "." + strconv.Itoa(n)
	}
	if v.pre != "" {
		text += "-" + v.pre
	}
	return text
}

// short is a milestone: the first two numbers.
func (v version) short() string { return fmt.Sprintf("%s%d.%d", v.prefix, v.numbers[0], v.numbers[1]) }
