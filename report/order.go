package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// ordered returns the report's findings in the order that the options ask
// for. The findings are not copied.
func ordered(rep *check.Report, sort string) []*check.Finding {
	list := make([]*check.Finding, len(rep.Findings))
	for i := range rep.Findings {
		list[i] = &rep.Findings[i]
	}
	if sort == "severity" {
		slices.SortStableFunc(list, func(a, b *check.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	}
	return list
}

// fileGroup is the findings of one file.
type fileGroup struct {
	file     string
	findings []*check.Finding
}

// byFile groups findings by file. Files come in the order of their first
// finding.
func byFile(list []*check.Finding) []fileGroup {
	var groups []fileGroup
	index := map[string]int{}
	for _, f := range list {
		i, ok := index[f.Location.File]
		if !ok {
			i = len(groups)
			index[f.Location.File] = i
			groups = append(groups, fileGroup{file: f.Location.File})
		}
		groups[i].findings = append(groups[i].findings, f)
	}
	return groups
}

// ruleCount is how often a rule found something of one severity, and the
// first place.
type ruleCount struct {
	rule     string
	severity check.Severity
	n        int
	first    *check.Finding
}

// byRule sums findings up by rule and severity: the most severe first, then
// the most frequent, then by name.
func byRule(list []*check.Finding) []ruleCount {
	var counts []ruleCount
	type kind struct {
		rule     string
		severity check.Severity
	}
	index := map[kind]int{}
	for _, f := range list {
		k := kind{f.Rule, f.Severity}
		i, ok := index[k]
		if !ok {
			i = len(counts)
			index[k] = i
			counts = append(counts, ruleCount{rule: f.Rule, severity: f.Severity, first: f})
		}
		counts[i].n++
	}
	slices.SortFunc(counts, func(a, b ruleCount) int {
		return cmp.Or(
			cmp.Compare(b.severity, a.severity),
			cmp.Compare(b.n, a.n),
			strings.Compare(a.rule, b.rule),
		)
	})
	return counts
}

// unexplained returns the incomplete parts that no finding tells already: a
// document that could not be read is both.
func unexplained(rep *check.Report) []check.Incomplete {
	if rep.Complete() {
		return nil
	}
	told := map[[2]string]bool{}
	for i := range rep.Findings {
		f := &rep.Findings[i]
		told[[2]string{f.Location.File, f.Message}] = true
	}
	var rest []check.Incomplete
	for _, p := range rep.Incomplete {
		if p.Rule != "" || !told[[2]string{p.File, p.Message}] {
			rest = append(rest, p)
		}
	}
	return rest
}

// unreadable returns the files that could not be read, as a set.
func unreadable(rep *check.Report) map[string]bool {
	files := map[string]bool{}
	for _, p := range rep.Incomplete {
		if p.Rule == "" && p.File != "" {
			files[p.File] = true
		}
	}
	return files
}
