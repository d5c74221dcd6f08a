package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
)

// number writes n with thousands separators: 12,345.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// count writes n and a noun: "1 error", "1,204 errors".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return number(n) + " " + noun + "s"
}

// duration writes d as people say it: 18 ms, 1.4 s, 2 min 5 s.
func duration(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return "under 1 ms"
	case d < 999500*time.Microsecond:
		return strconv.FormatInt(d.Round(time.Millisecond).Milliseconds(), 10) + " ms"
	case d < 59950*time.Millisecond:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	}
	d = d.Round(time.Second)
	return fmt.Sprintf("%s min %d s", number(int(d/time.Minute)), int(d%time.Minute/time.Second))
}

// tally says how many findings count, by severity: "1 error, 2 warnings".
func tally(rep *check.Report) string {
	errors, warnings, infos := rep.Count()
	var parts []string
	if errors > 0 {
		parts = append(parts, count(errors, "error"))
	}
	if warnings > 0 {
		parts = append(parts, count(warnings, "warning"))
	}
	if infos > 0 {
		parts = append(parts, number(infos)+" info")
	}
	if parts == nil {
		return "no findings"
	}
	return strings.Join(parts, ", ")
}

// extent says how much was checked: "2 documents, 94 rules, 18 ms". It is
// empty where nothing is known.
func extent(rep *check.Report, opts *Options) string {
	var parts []string
	if n := opts.documents(rep); n > 0 {
		parts = append(parts, count(n, "document"))
	}
	if n := len(rep.Rules); n > 0 {
		parts = append(parts, count(n, "rule"))
	}
	if opts.Duration > 0 {
		parts = append(parts, duration(opts.Duration))
	}
	return strings.Join(parts, ", ")
}

// setAside says what was suppressed and by what: "41 known findings not
// shown (baseline)". It is empty where nothing was.
func setAside(rep *check.Report) string {
	n := len(rep.Suppressed)
	if n == 0 {
		return ""
	}
	by := map[string]int{}
	var reasons []string
	for i := range rep.Suppressed {
		s := rep.Suppressed[i].By
		if by[s]++; by[s] == 1 {
			reasons = append(reasons, s)
		}
	}
	if len(reasons) == 1 {
		if reasons[0] == "baseline" || reasons[0] == "unchanged" {
			return count(n, "known finding") + " not shown (" + reasons[0] + ")"
		}
		return count(n, "finding") + " not shown (" + printable(reasons[0]) + ")"
	}
	slices.SortFunc(reasons, func(a, b string) int {
		if by[a] != by[b] {
			return by[b] - by[a]
		}
		return strings.Compare(a, b)
	})
	for i, s := range reasons {
		reasons[i] = number(by[s]) + " " + printable(s)
	}
	return count(n, "finding") + " not shown (" + strings.Join(reasons, ", ") + ")"
}

// verdict is the summary line: what was found, in how much, what was set
// aside.
func verdict(rep *check.Report, opts *Options) string {
	s := tally(rep)
	if !rep.Complete() {
		s = "incomplete: " + s
	}
	for _, part := range []string{extent(rep, opts), setAside(rep)} {
		if part != "" {
			s += " · " + part
		}
	}
	return s
}
