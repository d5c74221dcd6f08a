// Package gather makes the snapshot of an API of what the checks found: it counts,
// assigns to tags and owners, and keeps what a working group follows over time.
//
// It judges nothing, runs no check and reads no file. [API] takes facts as the
// packages of the checks yield them; whatever is missing among them is nil in the
// snapshot.
package gather

import (
	"cmp"
	"slices"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/usage"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/snapshot"
	"github.com/plumbapi/plumb/webhook/drift"
)

// Facts are what was found about one API. All but Name and At may be missing.
type Facts struct {
	Name, Product, Revision string
	At                      time.Time

	// OpenAPI and GraphQL are its descriptions.
	OpenAPI []*openapi.Document
	GraphQL []*graphql.Schema
	// Gates are the checks that ran, or did not.
	Gates []Gate

	Parity      *parity.Result
	Inventories []*lifecycle.Inventory
	Calendar    *lifecycle.Calendar
	Comparisons []*lifecycle.Comparison
	Usage       *usage.Result
	// Plan, Perf and Judgement are a load run and what it is worth.
	Plan      *perf.Plan
	Perf      *perf.Result
	Judgement *perf.Judgement
	Drift     *drift.Result

	// Owners says who owns what; nil means that only descriptions do.
	Owners *Owners
}

// Gate is one check of the API; Name is "lint", "parity", "lifecycle", "perf" or
// "webhooks". Report is nil where it did not run, and then Skipped says why.
type Gate struct {
	Name    string
	Report  *check.Report
	Skipped string
}

// API makes the facts of an API as a snapshot has them.
func API(f *Facts) snapshot.API {
	a := snapshot.API{Name: f.Name, Product: f.Product, Revision: f.Revision, At: f.At.UTC().Truncate(time.Second)}
	p := newPlaces(f)
	for _, d := range f.OpenAPI {
		a.Descriptions = append(a.Descriptions, d.Source().Name())
		for _, op := range d.Operations() {
			switch op.Origin {
			case openapi.FromPath:
				a.Size.Operations++
			case openapi.FromWebhook:
				a.Size.Webhooks++
			}
		}
	}
	for _, s := range f.GraphQL {
		for _, src := range s.Sources() {
			a.Descriptions = append(a.Descriptions, src.Name())
		}
		for _, t := range s.Roots() {
			a.Size.RootFields += len(t.Fields)
		}
	}
	for i := range f.Gates {
		g := &f.Gates[i]
		a.Gates = append(a.Gates, gate(g))
		if g.Name == "lint" && g.Report != nil {
			a.Lint = debt(g.Report)
		}
	}
	a.Parity = parityOf(f.Parity)
	a.SLO = slo(f, p)
	a.Docs = docs(f)
	a.Webhooks = driftOf(f.Drift)
	a.Lifecycle = life(f, p)
	if f.Parity != nil {
		for _, g := range f.Parity.Gaps {
			at := p.of(g.Element)
			a.Gaps = append(a.Gaps, snapshot.Gap{Element: g.Element, Tag: at.tag, Owner: at.owner, Reason: g.Reason, Weight: g.Weight})
		}
	}
	a.Resources = resources(f, p, a.SLO)
	a.Tags, a.Teams = groups(f, p, &a)
	return a
}

// Waivers makes the waivers of a policy as a snapshot has them, with how many
// findings each sets aside in a report; the report may be nil.
func Waivers(product string, list []check.Waiver, rep *check.Report) []snapshot.Waiver {
	out := make([]snapshot.Waiver, 0, len(list))
	for i := range list {
		w := &list[i]
		s := snapshot.Waiver{
			Product: product, Rule: w.Rule, File: w.File, Element: w.Element, Reason: w.Reason, Owner: w.Owner,
			Until: w.Until.Format(time.DateOnly),
		}
		if rep != nil {
			for k := range rep.Suppressed {
				if f := &rep.Suppressed[k]; f.By == "waiver" && covers(w, rep, &f.Finding) {
					s.Findings++
				}
			}
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b snapshot.Waiver) int { return cmp.Compare(a.Until, b.Until) })
	return out
}

// covers reports whether a waiver is for a finding, as package check does.
func covers(w *check.Waiver, rep *check.Report, f *check.Finding) bool {
	if w.Rule != "" && w.Rule != f.Rule {
		i := slices.IndexFunc(rep.Rules, func(m check.Meta) bool { return m.ID == f.Rule })
		if i < 0 || !rep.Rules[i].Named(w.Rule) {
			return false
		}
	}
	return check.MatchGlob(w.File, f.Location.File) && check.MatchGlob(w.Element, f.Location.Element)
}

func gate(g *Gate) snapshot.Gate {
	out := snapshot.Gate{Name: g.Name, Skipped: g.Skipped}
	if g.Report == nil {
		return out
	}
	out.Errors, out.Warnings, out.Infos = g.Report.Count()
	for _, inc := range g.Report.Incomplete {
		text := inc.Message
		if inc.File != "" {
			text = inc.File + ": " + text
		}
		out.Incomplete = append(out.Incomplete, text)
	}
	return out
}

// debt counts the findings of lint by rule.
func debt(rep *check.Report) *snapshot.Debt {
	d := &snapshot.Debt{}
	d.Errors, d.Warnings, d.Infos = rep.Count()
	rules := map[string]*snapshot.RuleDebt{}
	add := func(f *check.Finding, counting bool) {
		r := rules[f.Rule]
		if r == nil {
			r = &snapshot.RuleDebt{Rule: f.Rule, Severity: f.Severity.String()}
			rules[f.Rule] = r
		}
		r.Count++
		if counting {
			r.Counting++
		}
	}
	for i := range rep.Findings {
		add(&rep.Findings[i], true)
	}
	for i := range rep.Suppressed {
		switch s := &rep.Suppressed[i]; s.By {
		case "baseline", "unchanged":
			d.Known++
			add(&s.Finding, false)
		case "waiver":
			d.Waived++
			add(&s.Finding, false)
		}
	}
	for _, r := range rules {
		d.Rules = append(d.Rules, *r)
	}
	slices.SortFunc(d.Rules, func(a, b snapshot.RuleDebt) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Rule, b.Rule))
	})
	return d
}

func parityOf(r *parity.Result) *snapshot.Parity {
	if r == nil {
		return nil
	}
	s := &r.Score
	return &snapshot.Parity{
		RESTToGraphQL: breadth(s.RESTToGraphQL), GraphQLToREST: breadth(s.GraphQLToREST),
		Depth: share(s.Depth), Fidelity: share(s.Fidelity), Lifecycle: share(s.Lifecycle),
	}
}

func breadth(b parity.Breadth) snapshot.Breadth {
	return snapshot.Breadth{Total: b.Total, Match: b.Match, Partial: b.Partial, None: b.None, Exempt: b.Exempt}
}

func share(s parity.Share) snapshot.Share { return snapshot.Share{Part: s.Part, Whole: s.Whole} }

func driftOf(r *drift.Result) *snapshot.Drift {
	if r == nil {
		return nil
	}
	c := r.Counts
	return &snapshot.Drift{
		Payloads: c.Payloads, Matching: c.Valid, Violations: c.Violations, Unknown: c.Unknown, Undescribed: c.Undescribed, Places: len(r.Places),
	}
}
