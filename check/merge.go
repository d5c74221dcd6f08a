package check

import "slices"

// Merge makes one report of the reports of one call, all made under the
// policy: subjects, files and rules in the order given, each once; findings
// in their total order. A finding that several reports have at the same
// place, as where two documents share a file, is in the result once, set
// aside if one of them set it aside.
//
// Only over all reports can it be told what of the policy was of no use, so
// Merge adds the findings of [PolicyRules]. It is to be called once for a
// call of the program, also where there is one report only. The reports are
// left as they are.
func Merge(policy Policy, reports ...*Report) *Report {
	merged := &Report{Subjects: []string{}, Files: []string{}, Rules: []Meta{}, Incomplete: []Incomplete{}}
	var kept [][]Finding
	var aside [][]Suppressed
	for _, rep := range reports {
		if rep == nil {
			continue
		}
		merged.Subjects = appendNew(merged.Subjects, rep.Subjects, func(a, b string) bool { return a == b })
		merged.Files = appendNew(merged.Files, rep.Files, func(a, b string) bool { return a == b })
		merged.Rules = appendNew(merged.Rules, rep.Rules, func(a, b Meta) bool { return a.ID == b.ID })
		for _, inc := range rep.Incomplete {
			if inc.File == "" && len(rep.Subjects) == 1 {
				inc.File = rep.Subjects[0]
			}
			merged.Incomplete = append(merged.Incomplete, inc)
		}
		kept = append(kept, sorted(withoutPolicy(rep.Findings)))
		aside = append(aside, rep.Suppressed)
	}
	slices.SortFunc(merged.Incomplete, compareIncomplete)
	merged.Incomplete = slices.Compact(merged.Incomplete)
	merged.Findings = mergeRuns(kept, (*Finding).Compare)
	merged.Suppressed = mergeRuns(aside, compareSuppressed)
	if len(kept) > 1 {
		merged.unite()
	}
	merged.addPolicy(&policy, reports)
	return merged
}

// withoutPolicy leaves out findings about the policy, where a report has been
// merged before.
func withoutPolicy(findings []Finding) []Finding {
	about := func(f Finding) bool { return isPolicyRule(f.Rule) }
	if !slices.ContainsFunc(findings, about) {
		return findings
	}
	return slices.DeleteFunc(slices.Clone(findings), about)
}

// appendNew appends those of more that list does not have. Lists are short:
// documents and rules.
func appendNew[T any](list, more []T, equal func(a, b T) bool) []T {
	for _, x := range more {
		if !slices.ContainsFunc(list, func(y T) bool { return equal(x, y) }) {
			list = append(list, x)
		}
	}
	return list
}

// unite makes fingerprints unique again after findings of several reports
// were put together: the same finding at the same place is kept once, set
// aside rather than counted; another one gets the next key.
func (r *Report) unite() {
	type place struct {
		fingerprint  string
		line, column int
		message      string
	}
	size := len(r.Findings) + len(r.Suppressed)
	seen, taken := make(map[place]bool, size), make(map[string]int, size)
	again := false
	known := func(f *Finding) bool {
		here := place{f.Fingerprint, f.Location.Line, f.Location.Column, f.Message}
		if seen[here] {
			return true
		}
		seen[here] = true
		if _, ok := taken[f.Fingerprint]; ok {
			renumber(f, taken)
			again = true
		}
		taken[f.Fingerprint] = 1
		return false
	}
	aside, kept := r.Suppressed[:0], r.Findings[:0]
	for i := range r.Suppressed {
		if s := r.Suppressed[i]; !known(&s.Finding) {
			aside = append(aside, s)
		}
	}
	for i := range r.Findings {
		if f := r.Findings[i]; !known(&f) {
			kept = append(kept, f)
		}
	}
	r.Findings, r.Suppressed = kept, aside
	if again {
		r.Findings = sorted(r.Findings)
		slices.SortStableFunc(r.Suppressed, func(a, b Suppressed) int { return compareSuppressed(&a, &b) })
	}
}
