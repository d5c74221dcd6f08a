package check

// Report is what a run of rules found.
type Report struct {
	// Subjects names what was checked, usually files, in the order given.
	Subjects []string
	// Rules describes the rules that ran, in the order of their set.
	Rules []Meta
	// Findings are what counts, in the order of [Finding.Compare].
	Findings []Finding
	// Suppressed are findings that the policy set aside, in the same order.
	Suppressed []Suppressed
	// Incomplete lists what could not be finished: an unreadable document, a
	// rule that crashed. A report with any is not to be trusted as a pass.
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

// Incomplete is a part of a run that could not be finished.
type Incomplete struct {
	// Rule is the rule that failed; empty where a whole document did.
	Rule string `json:"rule"`
	File string `json:"file"`
	// Message says why.
	Message string `json:"message"`
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
