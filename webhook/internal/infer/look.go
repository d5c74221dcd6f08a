package infer

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

var (
	word     = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.:-]{0,39}$`)
	dateTime = regexp.MustCompile(`^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?([Zz]|UTC|[+-]\d\d:?\d\d))?$`)
	integer  = regexp.MustCompile(`^-?\d+$`)
	// dataKey is what names of members do not look like: numbers, dates, hashes
	// and UUIDs, and what has a slash, an at sign or a space in it.
	dataKey = regexp.MustCompile(`^(\d+|\d{4}-\d\d.*|[0-9a-fA-F]{16,}|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|.*[/@ ].*)$`)
)

func isWord(s string) bool { return word.MatchString(s) }

func isTime(s string) bool { return len(s) <= 40 && dateTime.MatchString(s) }

func isInteger(token string) bool { return integer.MatchString(token) }

// isEpoch reports whether a number can be a time of this century, in seconds
// or milliseconds since 1970.
func isEpoch(i int64) bool {
	const from, to = 946_684_800, 4_102_444_800
	return i >= from && i < to || i >= from*1000 && i < to*1000
}

// soundsLikeTime reports whether a member of the name holds a time.
func soundsLikeTime(name string) bool {
	name = strings.ToLower(name)
	return slices.Contains([]string{"created", "updated", "timestamp", "time", "date", "expires", "ts"}, name) ||
		strings.HasSuffix(name, "_at") || strings.HasSuffix(name, "_time") || strings.HasSuffix(name, "_timestamp") ||
		strings.HasSuffix(name, "_date") || strings.HasSuffix(name, "timestamp") || strings.HasSuffix(name, "edat")
}

func isURI(s string) bool {
	if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") {
		return false
	}
	u, err := url.Parse(s)
	return err == nil && u.Host != ""
}

// The least that makes keys data that do not look like it: so many of them, and
// objects that have so few of them each.
const (
	mapKeys  = 8
	mapShare = 3
)

// isMap reports whether the keys of the objects are data: all look like it, or
// there are many that few objects have. What they hold must be of one kind.
func (s *seen) isMap() bool {
	if len(s.order) == 0 {
		return true
	}
	if !s.uniform() {
		return false
	}
	if !slices.ContainsFunc(s.order, func(key string) bool { return !dataKey.MatchString(key) }) {
		return true
	}
	held := 0
	for _, key := range s.order {
		held += s.member[key].total()
	}
	return s.objects > 1 && len(s.order) >= mapKeys && held*mapShare <= s.objects*len(s.order)
}

// uniform reports whether all members are of one kind, null aside.
func (s *seen) uniform() bool {
	kinds := 0
	for _, m := range s.member {
		k := 0
		for i, n := range []int{m.bools, m.integers + m.numbers, m.strings, m.lists, m.objects} {
			if n > 0 {
				k |= 1 << i
			}
		}
		if kinds |= k; kinds&(kinds-1) != 0 {
			return false
		}
	}
	return true
}
