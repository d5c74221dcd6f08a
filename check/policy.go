package check

import "time"

// Policy says which findings count. The zero Policy lets every rule that is
// not opt-in run at its own severity and sets nothing aside.
//
// What it says is applied in this order, and the first that applies wins:
//
//  1. A rule that Off names does not run, whatever else names it. An opt-in
//     rule runs only where On names it.
//  2. The severity is the one in Severity under the rule's ID, else under
//     its first alias that is there, else the rule's own. Where levels cover
//     the finding, the last of them says.
//  3. A finding that an ignore matches is set aside.
//  4. A finding that a waiver matches is set aside until the waiver's last
//     day has passed. Then it counts, even where the baseline has it.
//  5. A finding that the baseline has is set aside.
type Policy struct {
	// Severity overrides the severity of rules, by ID or alias. It does not
	// make an opt-in rule run.
	Severity map[string]Severity
	// Off names rules, by ID or alias, that do not run.
	Off map[string]bool
	// On names opt-in rules, by ID or alias, that run.
	On map[string]bool
	// Levels give findings in some places another severity.
	Levels []Level
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
	Rule    string `json:"rule"`    // ID or alias
	File    string `json:"file"`    // glob over the path; see MatchGlob
	Element string `json:"element"` // glob over the element; see MatchGlob
	Reason  string `json:"reason"`
	// At is where the ignore is written, for findings about it.
	At Location `json:"-"`
}

// Level gives the findings of a rule in the files and elements that match a
// severity. Empty fields match everything.
type Level struct {
	Rule     string   `json:"rule"`    // ID or alias
	File     string   `json:"file"`    // glob over the path; see MatchGlob
	Element  string   `json:"element"` // glob over the element; see MatchGlob
	Severity Severity `json:"severity"`
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

// Expired reports whether the waiver's last day is over at the moment now.
// The day ends at midnight in the time zone of Until. At the zero time
// nothing has expired.
func (w *Waiver) Expired(now time.Time) bool {
	if now.IsZero() {
		return false
	}
	year, month, day := w.Until.Date()
	return !now.Before(time.Date(year, month, day+1, 0, 0, 0, 0, w.Until.Location()))
}

// Enabled reports whether the policy lets the rule run.
func (p *Policy) Enabled(m Meta) bool {
	if off, _ := lookup(p.Off, &m); off {
		return false
	}
	on, _ := lookup(p.On, &m)
	return on || !m.OptIn
}

// SeverityOf returns the severity that the rule's findings have.
func (p *Policy) SeverityOf(m Meta) Severity {
	if s, ok := lookup(p.Severity, &m); ok {
		return s
	}
	return m.Severity
}

// lookup returns what values hold for the rule's ID, else for its first
// alias that is there.
func lookup[V any](values map[string]V, m *Meta) (V, bool) {
	if v, ok := values[m.ID]; ok || len(values) == 0 {
		return v, ok
	}
	for _, alias := range m.Aliases {
		if v, ok := values[alias]; ok {
			return v, true
		}
	}
	var none V
	return none, false
}
