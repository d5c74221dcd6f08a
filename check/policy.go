package check

import "time"

// Policy says which findings count. The zero Policy lets every rule that is
// not opt-in run at its own severity and sets nothing aside.
type Policy struct {
	// Severity overrides the severity of rules, by ID or alias.
	Severity map[string]Severity
	// Off names rules, by ID or alias, that do not run.
	Off map[string]bool
	// On names opt-in rules, by ID or alias, that run.
	On map[string]bool
	// Ignores set findings aside for good.
	Ignores []Ignore
	// Baseline sets aside what was known before; nil means none.
	Baseline *Baseline
	// Waivers set findings aside until a day.
	Waivers []Waiver
	// Now is the moment at which waivers are judged. The zero time judges
	// none as expired.
	Now time.Time
}

// Ignore sets aside the findings of a rule in the files and elements that
// match. Empty fields match everything; at least one must be set.
type Ignore struct {
	Rule    string `json:"rule"`
	File    string `json:"file"`    // glob over the path: *, ** and ?
	Element string `json:"element"` // glob over the element: *, ** and ?
	Reason  string `json:"reason"`
}

// Waiver is an Ignore that somebody answers for, until a day.
type Waiver struct {
	Rule    string    `json:"rule"`
	File    string    `json:"file"`
	Element string    `json:"element"`
	Reason  string    `json:"reason"`
	Owner   string    `json:"owner"`
	Until   time.Time `json:"until"` // the last day on which it holds
	// At is where the waiver is written, for findings about it.
	At Location `json:"-"`
}

// Baseline is a set of known findings, by fingerprint: a ratchet that lets
// only new findings count.
type Baseline struct {
	fingerprints map[string]bool
}
