package parity

import (
	"strings"
	"time"
)

// isoDay reads a day such as 2026-12-31 at the start of a text.
func isoDay(text string) (day time.Time, n int, ok bool) {
	if len(text) < 10 || text[4] != '-' {
		return day, 0, false
	}
	day, err := time.Parse(time.DateOnly, text[:10])
	if err != nil || len(text) > 10 && digit(text[10]) || day.Year() > 2099 {
		return day, 0, false
	}
	return day, 10, true
}

// dayAt reads the day whose year begins at a place: 2026-12-31, December 31,
// 2026, 31 December 2026 or December 2026.
func dayAt(text string, at int) (day time.Time, start, end int, ok bool) {
	if at > 0 && digit(text[at-1]) {
		return day, 0, 0, false
	}
	if day, n, ok := isoDay(text[at:]); ok {
		return day, at, at + n, true
	}
	year, end := numberYear(text, at)
	if end == at {
		return day, 0, 0, false
	}
	before := strings.TrimRight(text[max(at-20, 0):at], " ,")
	words := strings.Fields(before)
	n := len(words)
	if n == 0 {
		return day, 0, 0, false
	}
	start = at - len(text[max(at-20, 0):at]) + strings.LastIndex(text[max(at-20, 0):at], words[n-1])
	if m, ok := monthOf(words[n-1]); ok { // 31 December 2026, December 2026
		d := 1
		if n > 1 {
			if v, ok := dayNumber(words[n-2]); ok {
				d = v
			}
		}
		return time.Date(year, m, d, 0, 0, 0, 0, time.UTC), max(start-3, 0), end, true
	}
	if d, ok := dayNumber(words[n-1]); ok && n > 1 { // December 31, 2026
		if m, ok := monthOf(words[n-2]); ok {
			return time.Date(year, m, d, 0, 0, 0, 0, time.UTC), max(start-len(words[n-2])-1, 0), end, true
		}
	}
	return day, 0, 0, false
}

func numberYear(text string, at int) (year, end int) {
	if at+4 > len(text) || at+4 < len(text) && (digit(text[at+4]) || text[at+4] == '-') {
		return 0, at
	}
	for _, c := range []byte(text[at : at+4]) {
		if !digit(c) {
			return 0, at
		}
		year = 10*year + int(c-'0')
	}
	return year, at + 4
}

func dayNumber(word string) (int, bool) {
	word = strings.TrimRight(word, ",.stndrh")
	n, end := numberAfter(word, 0)
	return n, end > 0 && end == len(word) && n >= 1 && n <= 31
}

func monthOf(word string) (time.Month, bool) {
	for m := time.January; m <= time.December; m++ {
		if name := m.String(); strings.EqualFold(word, name) || strings.EqualFold(strings.TrimSuffix(word, "."), name[:3]) {
			return m, true
		}
	}
	return 0, false
}

// announces reports whether a word is about what is to go.
func announces(word string) bool {
	return hasAny(strings.ToLower(word), "remov", "sunset", "retire", "until", "end", "eol", "expir", "shutdown")
}

// happened reports whether what stands before a day says that something was
// done by then. A day in the address of an announcement is the day on which
// it was made.
func happened(before string) bool {
	before = strings.ToLower(before)
	if announces(before) || hasAny(before, "will ", "starting", "beginning", "from ", "after ", "before ", " by ", "effective", "e.g", "example", "such as", "format") {
		return false
	}
	return hasAny(before, "since", "introduced", "added", "deprecated", "changed", "updated", "released", "changelog/", "blog/", "changes/")
}

// came reports whether what stands before a version says that something came
// with it.
func came(before string) bool {
	before = strings.ToLower(before)
	if i := strings.LastIndexAny(before, ".;("); i >= 0 {
		before = before[i:]
	}
	return hasAny(before, "introduced in", "introduced with", "added in", "available in", "available since", "available from", "since version", "since v", "new in", "introduced since", "as of version")
}

func hasAny(text string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}
