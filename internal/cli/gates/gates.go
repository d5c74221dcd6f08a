// Package gates runs the checks that plumb.yaml names, all of them over all
// APIs, side by side, each document loaded once. It yields the facts as well as
// the findings, since `plumb check`, `plumb report` and `plumb demo` all stand
// on one run. What is shown, and where it goes, is for them.
package gates

import (
	"slices"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/ruleset"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/usage"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/webhook/drift"
)

// Outcome is what a run has found.
type Outcome struct {
	// APIs are in the order of plumb.yaml.
	APIs []API
	// Report is all of it merged: one baseline, one set of waivers.
	Report *check.Report
	// Policy is what it was merged under, Looked the reports that went into it:
	// what a baseline is made anew by.
	Policy check.Policy
	Looked []*check.Report
	// Rulesets are those by which the gate lint judged.
	Rulesets *ruleset.Set

	texts map[string]string // of earlier versions, by canonical name
}

// API is what was found about one entry of apis.
type API struct {
	Name string
	// Documents are the descriptions that could be read, OpenAPI first.
	Documents []*source.Document
	Gates     []Gate

	// The facts of the gates that ran; nil or empty where one did not.
	Parity      *parity.Result
	Inventories []*lifecycle.Inventory
	Calendar    *lifecycle.Calendar
	Comparisons []*lifecycle.Comparison
	// Usage is who still calls what is deprecated; nil where there are no logs.
	Usage *usage.Result
	// Plan is what Perf was measured by, Judgement what it is worth.
	Plan      *perf.Plan
	Perf      *perf.Result
	Judgement *perf.Judgement
	Drift     *drift.Result
}

// Gate is one check of one API.
type Gate struct {
	// Name is "lint", "parity", "lifecycle", "perf" or "webhooks".
	Name string
	// Report has the findings of this gate alone; nil where it did not run.
	Report *check.Report
	// Skipped says why it did not run, such as "no GraphQL schema"; "" where it
	// ran.
	Skipped string
	// Summary says in a few words what was looked at and what came of it, such
	// as "12 changes, 3 of them breaking".
	Summary string
	// Took is how long it ran.
	Took time.Duration
}

// The names of the gates.
const (
	Lint      = "lint"
	Parity    = "parity"
	Lifecycle = "lifecycle"
	Webhooks  = "webhooks"
	Perf      = "perf"
)

// Names are the names of all gates, in the order in which they are shown.
func Names() []string { return []string{Lint, Parity, Lifecycle, Webhooks, Perf} }

// Text returns the text of a file, by canonical name.
func (o *Outcome) Text(name string) (string, bool) {
	for i := range o.APIs {
		for _, d := range o.APIs[i].Documents {
			if text, ok := d.Text(name); ok {
				return text, true
			}
		}
	}
	text, ok := o.texts[name]
	return text, ok
}

// Applies reports whether a rule looked at a subject of the report.
func (o *Outcome) Applies(subject string, rule *check.Meta) bool {
	for _, rep := range o.Looked {
		if slices.Contains(rep.Subjects, subject) && slices.ContainsFunc(rep.Rules, func(m check.Meta) bool { return m.ID == rule.ID }) {
			return true
		}
	}
	return false
}
