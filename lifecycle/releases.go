package lifecycle

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Releases is the release calendar of a product: a list of releases, a rule by
// which releases come, or a list and then a rule. It is immutable. Releases are
// counted by an index that rises by one with each.
type Releases struct {
	// ID and Source say whose it is.
	ID, Source string

	list []Moment // in order; before the rule, where there are both
	rule bool     // there is a rule

	first, minor int // of the rule: the first release
	month        time.Time
	every        int        // months between two releases
	majorIn      time.Month // the month of X.0; 0 where minors go on
	days         []dayRule  // by their start, which rises
}

// dayRule says on which day of the month releases come from a month on.
type dayRule struct {
	from    time.Time
	day     int // of the month; 0 where week and weekday say it
	week    int // 1 to 4; 5 is the last
	weekday time.Weekday
}

// maxReleases bounds how far a calendar is followed.
const maxReleases = 5000

// Find returns the index of a release by its name, such as "15.7"; a patch
// ("15.7.2") is found as the release that it mends.
func (r *Releases) Find(name string) (index int, ok bool) {
	if r == nil || name == "" {
		return 0, false
	}
	i := slices.IndexFunc(r.list, func(m Moment) bool { return m.Release == name })
	if i < 0 {
		i = slices.IndexFunc(r.list, func(m Moment) bool { return strings.HasPrefix(name, m.Release+".") })
	}
	if i >= 0 || !r.rule {
		return max(i, 0), i >= 0
	}
	major, minor, ok := majorMinor(name)
	if !ok {
		return 0, false
	}
	per := r.perMajor()
	if per == 0 {
		index = minor - r.minor
		return index + len(r.list), major == r.first && index >= 0 && index < maxReleases
	}
	if minor >= per {
		return 0, false
	}
	index = (major-r.first)*per + minor - r.minor
	return index + len(r.list), index >= 0 && index < maxReleases
}

// At returns the release of an index; the zero Moment where the calendar does
// not reach so far.
func (r *Releases) At(index int) Moment {
	if r == nil || index < 0 || index >= maxReleases {
		return Moment{}
	}
	if index < len(r.list) {
		return r.list[index]
	}
	if !r.rule {
		return Moment{}
	}
	index -= len(r.list)
	major, minor := r.first, r.minor+index
	if per := r.perMajor(); per > 0 {
		major, minor = major+minor/per, minor%per
	}
	month := r.month.AddDate(0, index*r.every, 0)
	return Moment{Date: r.dayIn(month), Release: strconv.Itoa(major) + "." + strconv.Itoa(minor)}
}

// From returns the index of the first release on the day or after it.
func (r *Releases) From(day time.Time) (index int, ok bool) {
	if r == nil {
		return 0, false
	}
	n := maxReleases
	if !r.rule {
		n = len(r.list)
	}
	index = sort.Search(n, func(i int) bool { return !r.At(i).Date.Before(day) })
	return index, index < n
}

// Current returns the index of the newest release on the day.
func (r *Releases) Current(day time.Time) (index int, ok bool) {
	next, found := r.From(day.AddDate(0, 0, 1))
	if !found {
		if r == nil || r.rule || len(r.list) == 0 {
			return 0, false
		}
		next = len(r.list)
	}
	return next - 1, next > 0
}

// IsMajor reports whether the release of an index starts a major version.
func (r *Releases) IsMajor(index int) bool {
	m := r.At(index)
	if index == 0 || index > len(r.list) {
		return strings.HasSuffix(m.Release, ".0")
	}
	major, _, ok := majorMinor(m.Release)
	before, _, ok2 := majorMinor(r.At(index - 1).Release)
	return ok && ok2 && major > before
}

// NextMajor returns the index of the first release X.0 that is not before an
// index.
func (r *Releases) NextMajor(index int) (major int, ok bool) {
	for i := max(index, 0); i < maxReleases; i++ {
		if r.At(i).IsZero() {
			break
		}
		if r.IsMajor(i) {
			return i, true
		}
	}
	return 0, false
}

// perMajor is the number of releases of a major version, 0 where there is one
// only.
func (r *Releases) perMajor() int {
	if r.majorIn == 0 {
		return 0
	}
	return 12 / r.every
}

// dayIn returns the day of a month on which releases come.
func (r *Releases) dayIn(month time.Time) time.Time {
	rule := r.days[0]
	for _, d := range r.days {
		if !d.from.After(month) {
			rule = d
		}
	}
	y, m, _ := month.Date()
	last := time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC)
	if rule.day > 0 {
		return time.Date(y, m, min(rule.day, last.Day()), 0, 0, 0, 0, time.UTC)
	}
	if rule.week == 5 {
		back := (int(last.Weekday()) - int(rule.weekday) + 7) % 7
		return last.AddDate(0, 0, -back)
	}
	first := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	ahead := (int(rule.weekday) - int(first.Weekday()) + 7) % 7
	return first.AddDate(0, 0, ahead+7*(rule.week-1))
}

// majorMinor reads "15.7", "15.7.2", "v15" or "15" as numbers.
func majorMinor(name string) (major, minor int, ok bool) {
	parts := strings.SplitN(strings.TrimPrefix(name, "v"), ".", 3)
	major, err := strconv.Atoi(parts[0])
	if err != nil || major < 0 || major > 1_000_000 {
		return 0, 0, false
	}
	if len(parts) > 1 {
		minor, err = strconv.Atoi(parts[1])
		if err != nil || minor < 0 || minor > 1_000_000 {
			return 0, 0, false
		}
	}
	return major, minor, true
}

// CompareReleases orders releases by their numbers, number by number, and
// what is no number by its text: "15.7" is before "15.10".
func CompareReleases(a, b string) int {
	x, y := strings.Split(strings.TrimPrefix(a, "v"), "."), strings.Split(strings.TrimPrefix(b, "v"), ".")
	for i := range max(len(x), len(y)) {
		p, q := part(x, i), part(y, i)
		m, errM := strconv.Atoi(p)
		n, errN := strconv.Atoi(q)
		c := cmp.Compare(p, q)
		if errM == nil && errN == nil {
			c = cmp.Compare(m, n)
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

func part(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "0"
}
