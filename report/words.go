package report

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
)

// tally says how many findings count, by severity: "1 error, 2 warnings".
func tally(rep *check.Report) string {
	errors, warnings, infos := rep.Count()
	var parts []string
	if errors > 0 {
		parts = append(parts, words.Count(errors, "error"))
	}
	if warnings > 0 {
		parts = append(parts, words.Count(warnings, "warning"))
	}
	if infos > 0 {
		parts = append(parts, words.Number(infos)+" info")
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
		parts = append(parts, words.Count(n, "document"))
	}
	if n := len(rep.Rules); n > 0 {
		parts = append(parts, words.Count(n, "rule"))
	}
	if opts.Duration > 0 {
		parts = append(parts, words.Duration(opts.Duration))
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
			return words.Count(n, "known finding") + " not shown (" + reasons[0] + ")"
		}
		return words.Count(n, "finding") + " not shown (" + safe.Line(reasons[0]) + ")"
	}
	slices.SortFunc(reasons, func(a, b string) int {
		if by[a] != by[b] {
			return by[b] - by[a]
		}
		return strings.Compare(a, b)
	})
	for i, s := range reasons {
		reasons[i] = words.Number(by[s]) + " " + safe.Line(s)
	}
	return words.Count(n, "finding") + " not shown (" + strings.Join(reasons, ", ") + ")"
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
