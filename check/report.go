package check

import (
	"iter"
	"slices"
	"strings"
)

// Report is what a run of rules found.
type Report struct {
	// Subjects names what was checked, usually files, in the order given.
	Subjects []string
	// Files names the files that were read beside the subjects themselves,
	// such as those that they refer to. It may be left empty; it only serves
	// to tell a stale waiver from one for a file that was not checked.
	Files []string
	// Rules describes the rules that ran, in the order of their set.
	Rules []Meta
	// Findings are what counts, in the order of [Finding.Compare].
	Findings []Finding
	// Suppressed are findings that the policy set aside, in the same order.
	Suppressed []Suppressed
	// Incomplete lists what could not be finished: an unreadable document, a
	// rule that crashed. A report with any is not to be trusted as a pass.
	// It is ordered by file, rule and message.
	Incomplete []Incomplete
}

// Suppressed is a finding that the policy set aside, and why.
type Suppressed struct {
	Finding
	// By is "ignore", "baseline", "waiver" or "unchanged".
	By string `json:"suppressed_by"`
	// Reason is the reason that the waiver or the ignore gives; it may be
	// empty.
	Reason string `json:"reason"`
}

// The values of Suppressed.By.
const (
	byIgnore    = "ignore"
	byBaseline  = "baseline"
	byWaiver    = "waiver"
	byUnchanged = "unchanged"
)

// Incomplete is a part of a run that could not be finished.
type Incomplete struct {
	// Rule is the rule that failed; empty where a whole document did.
	Rule string `json:"rule"`
	File string `json:"file"`
	// Message says why, in one line.
	Message string `json:"message"`
	// Faulty says that the rule is wrong itself, as a [FaultyRule] says: it is
	// the ruleset that wants mending, and the other rules have run.
	Faulty bool `json:"-"`
}

// FaultyRule is the error of a rule that is wrong itself: its program threw, what
// it is configured with cannot be.
type FaultyRule struct{ Err error }

// Error returns the text of the error within.
func (f *FaultyRule) Error() string { return f.Err.Error() }

// Unwrap returns the error within.
func (f *FaultyRule) Unwrap() error { return f.Err }

// Faulty reports whether nothing but faults of rules kept the run from its end.
func (r *Report) Faulty() bool {
	return !r.Complete() && !slices.ContainsFunc(r.Incomplete, func(i Incomplete) bool { return !i.Faulty })
}

// Complete reports whether every rule could finish on every subject.
func (r *Report) Complete() bool { return len(r.Incomplete) == 0 }

// Count returns how many findings have each severity.
func (r *Report) Count() (errors, warnings, infos int) {
	for i := range r.Findings {
		switch r.Findings[i].Severity {
		case Error:
			errors++
		case Warning:
			warnings++
		default:
			infos++
		}
	}
	return errors, warnings, infos
}

// Worst returns the highest severity among the findings that count, and 0
// where there are none.
func (r *Report) Worst() Severity {
	var worst Severity
	for i := range r.Findings {
		worst = max(worst, r.Findings[i].Severity)
	}
	return worst
}

// Baseline makes the baseline under which everything in the report is known:
// its findings and those that the baseline in force sets aside already. What
// ignores and waivers set aside is left to them.
func (r *Report) Baseline() *Baseline {
	findings := append([]Finding(nil), r.Findings...)
	for i := range r.Suppressed {
		if by := r.Suppressed[i].By; by == byBaseline || by == byUnchanged {
			findings = append(findings, r.Suppressed[i].Finding)
		}
	}
	return NewBaseline(findings)
}

// all yields every finding, also those set aside.
func (r *Report) all() iter.Seq[*Finding] {
	return func(yield func(*Finding) bool) {
		for i := range r.Findings {
			if !yield(&r.Findings[i]) {
				return
			}
		}
		for i := range r.Suppressed {
			if !yield(&r.Suppressed[i].Finding) {
				return
			}
		}
	}
}

func compareIncomplete(a, b Incomplete) int {
	if c := strings.Compare(a.File, b.File); c != 0 {
		return c
	}
	if c := strings.Compare(a.Rule, b.Rule); c != 0 {
		return c
	}
	return strings.Compare(a.Message, b.Message)
}
