// Package words writes numbers as people read them, the same in every view:
// 12,345 findings, 1.4 s, 61.2 %. It knows no language but English and decides
// nothing about what is shown.
package words

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// Number writes n with thousands separators: 12,345.
func Number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Count writes n and a noun: "1 error", "1,204 errors".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Number(n) + " " + noun + "s"
}

// Duration writes d as people say it: 18 ms, 1.4 s, 2 min 5 s.
func Duration(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return "under 1 ms"
	case d < 999500*time.Microsecond:
		return strconv.FormatInt(d.Round(time.Millisecond).Milliseconds(), 10) + " ms"
	case d < 59950*time.Millisecond:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	}
	d = d.Round(time.Second)
	return fmt.Sprintf("%s min %d s", Number(int(d/time.Minute)), int(d%time.Minute/time.Second))
}

// Percent writes a share of 0 to 1 with one decimal place: 61.2 %. Only what
// is all is 100.0 %, and only what is nothing 0.0 %, so that a rest is never
// rounded away. What is no number is a dash.
func Percent(share float64) string {
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return "–"
	}
	tenths := math.Round(share * 1000)
	switch {
	case share < 1 && tenths >= 1000:
		tenths = 999
	case share > 0 && tenths <= 0:
		tenths = 1
	}
	return strconv.FormatFloat(tenths/10, 'f', 1, 64) + " %"
}
