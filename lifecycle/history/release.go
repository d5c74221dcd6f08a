package history

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Release is the number of a version as its name has it: 15.7.0 of
// "v15.7.0-ee", 2.0 before its release of "release-2.0-rc.1".
type Release struct {
	// Numbers are the parts of the number; none where a name has none.
	Numbers []int
	// Before is how far a version before the release had come: the higher the
	// later. 0 is the release itself.
	before int
	// steps are the numbers behind that word: 1 of "rc.1".
	steps []int
}

// IsZero reports whether there is no number.
func (r Release) IsZero() bool { return len(r.Numbers) == 0 }

// Prerelease reports whether the version comes before the release that it is
// named after.
func (r Release) Prerelease() bool { return r.before != 0 }

// Milestone returns the first two parts, as releases are spoken of: "15.7". A
// number of one part has a second of 0. It is "" where there is no number.
func (r Release) Milestone() string {
	if r.IsZero() {
		return ""
	}
	return strconv.Itoa(r.part(0)) + "." + strconv.Itoa(r.part(1))
}

// isMajor reports whether the number is X, X.0, X.0.0 and so on.
func (r Release) isMajor() bool { return compareNumbers(r.Numbers, []int{r.part(0)}) == 0 }

// milestone returns the first two parts as numbers.
func (r Release) milestone() []int { return []int{r.part(0), r.part(1)} }

func (r Release) part(i int) int {
	if i < len(r.Numbers) {
		return r.Numbers[i]
	}
	return 0
}

// Compare orders releases: by their numbers, where 15.10 comes after 15.9 and
// 15.7 is the same as 15.7.0, then a version before a release before it.
func (r Release) Compare(s Release) int {
	return cmp.Or(compareNumbers(r.Numbers, s.Numbers), compareBefore(r.before, s.before), compareNumbers(r.steps, s.steps))
}

func compareNumbers(a, b []int) int {
	for i := range max(len(a), len(b)) {
		var x, y int
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if c := cmp.Compare(x, y); c != 0 {
			return c
		}
	}
	return 0
}

// compareBefore puts 0, the release itself, last.
func compareBefore(a, b int) int {
	switch {
	case a == b:
		return 0
	case a == 0:
		return 1
	case b == 0:
		return -1
	}
	return cmp.Compare(a, b)
}

// stage returns how far a version before a release had come by the word in its
// name, 0 where the word says nothing of that: "ee", "lts", "final".
func stage(word string) int {
	switch word {
	case "dev", "snapshot", "nightly", "canary", "next":
		return 2
	case "alpha", "a", "milestone", "m":
		return 3
	case "beta", "b", "preview", "pre", "ea":
		return 4
	case "rc", "cr", "c":
		return 5
	}
	return 0
}

// unnamed is the stage of "1.0.0-1", which has a number and no word. As in
// semantic versioning it comes before all others.
const unnamed = 1

// ParseRelease reads the number in the name of a tag, of which only what
// follows the last slash counts: "v15.7.0-ee", "api/v2.1.0", "release-2.0-rc.1",
// "go1.22rc1", "2022-11-15". It is false where the name has no number.
func ParseRelease(name string) (Release, bool) {
	name = name[strings.LastIndexByte(name, '/')+1:]
	name, _, _ = strings.Cut(name, "+")
	start := numberStart(name)
	if start < 0 {
		return Release{}, false
	}
	var r Release
	var rest string
	var ok bool
	if r.Numbers, rest, ok = numbers(name[start:], "._"); !ok {
		return Release{}, false
	}
	if len(r.Numbers) == 1 && r.Numbers[0] >= 1900 { // a day: 2022-11-15
		if more, tail, ok := numbers(strings.TrimPrefix(rest, "-"), "-"); ok && len(more) == 2 && strings.HasPrefix(rest, "-") {
			r.Numbers, rest = append(r.Numbers, more...), tail
		}
	}
	for rest != "" {
		word, tail := cutWord(rest)
		if word == "" {
			if tail != "" && isDigit(tail[0]) {
				r.before = unnamed
				r.steps, _, ok = numbers(tail, ".")
			}
			break
		}
		rest = strings.TrimLeft(tail, separators)
		if r.before = stage(word); r.before != 0 {
			if rest != "" && isDigit(rest[0]) {
				r.steps, _, ok = numbers(rest, ".")
			}
			break
		}
		if rest != "" && isDigit(rest[0]) { // the number of an edition
			_, rest, _ = numbers(rest, ".")
			rest = strings.TrimLeft(rest, separators)
		}
	}
	if !ok {
		return Release{}, false
	}
	return r, true
}

const separators = "-._~"

// numberStart returns where the number of a name begins: at the first digit
// that follows nothing, a v or a dash; else at the first digit. It is -1 where
// there is none.
func numberStart(name string) int {
	first := -1
	for i := range len(name) {
		if !isDigit(name[i]) || i > 0 && isDigit(name[i-1]) {
			continue
		}
		if i == 0 || name[i-1]|' ' == 'v' || strings.IndexByte("-_~", name[i-1]) >= 0 {
			return i
		}
		if first < 0 {
			first = i
		}
	}
	return first
}

// numbers reads numbers between separators. It is false where one is larger
// than anybody counts.
func numbers(s, between string) (list []int, rest string, ok bool) {
	for s != "" && isDigit(s[0]) {
		end := 1
		for end < len(s) && isDigit(s[end]) {
			end++
		}
		n, err := strconv.ParseInt(s[:end], 10, 48)
		if err != nil {
			return nil, "", false
		}
		list = append(list, int(n))
		s = s[end:]
		if len(s) < 2 || !strings.Contains(between, s[:1]) || !isDigit(s[1]) {
			break
		}
		s = s[1:]
	}
	return list, s, true
}

// cutWord parts the letters that s begins with, behind separators, from the
// rest.
func cutWord(s string) (word, rest string) {
	s = strings.TrimLeft(s, separators)
	end := 0
	for end < len(s) && isLetter(s[end]) {
		end++
	}
	return strings.ToLower(s[:end]), s[end:]
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|' ' && c|' ' <= 'z' }

// Sort orders versions, oldest first: by their releases, taken from the names
// where they are empty, where all of them have one; else by their times. Equal
// ones are ordered by time, then by name.
func Sort(versions []Version) {
	numbered := true
	for i := range versions {
		v := &versions[i]
		if v.Release.IsZero() {
			v.Release, _ = ParseRelease(v.Name)
		}
		numbered = numbered && !v.Release.IsZero()
	}
	slices.SortStableFunc(versions, func(a, b Version) int {
		release := 0
		if numbered {
			release = a.Release.Compare(b.Release)
		}
		return cmp.Or(release, a.Time.Compare(b.Time), cmp.Compare(a.Name, b.Name))
	})
}
