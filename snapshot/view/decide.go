package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/snapshot"
)

// Decision is one thing that somebody has to decide.
type Decision struct {
	// API is the API that it is about, "" for all.
	API string `json:"api"`
	// What says what the matter is, Do what the choices are.
	What string `json:"what"`
	Do   string `json:"do"`
	// Owner is who is to decide, "" where nobody is known.
	Owner string `json:"owner"`
	// Due is the day by which, "" for now.
	Due string `json:"due"`

	rank int
}

// perKind is how many decisions of one kind about one API are told one by one;
// the rest is told as a number.
const perKind = 3

// decide works out what there is to decide, the most urgent first.
func (v *view) decide() {
	for _, a := range v.apis {
		v.decideRuns(a)
		v.decideBudgets(a)
		v.decideDeprecations(a)
		v.decideChanges(a)
		v.decideGaps(a)
	}
	v.decideWaivers()
	slices.SortStableFunc(v.decisions, func(a, b Decision) int { return cmp.Compare(a.rank, b.rank) })
}

func (v *view) add(rank int, a *apiView, d Decision) {
	d.rank = rank
	if a != nil {
		d.API = a.label
	}
	d.What, d.Owner = safe.Line(d.What), safe.Line(d.Owner)
	v.decisions = append(v.decisions, d)
}

// several adds decisions of one kind, one by one where they are few.
func (v *view) several(rank int, a *apiView, list []Decision, rest func(n int) Decision) {
	shown := len(list)
	if shown > perKind+1 {
		shown = perKind
	}
	for _, d := range list[:shown] {
		v.add(rank, a, d)
	}
	if n := len(list) - shown; n > 0 {
		v.add(rank, a, rest(n))
	}
}

func (v *view) decideRuns(a *apiView) {
	for i := range a.now.Gates {
		if g := &a.now.Gates[i]; len(g.Incomplete) > 0 {
			v.add(0, a, Decision{What: g.Name + " could not be finished: " + safe.Brief(g.Incomplete[0]), Do: "Mend the run first; what this page says of it is not whole."})
		}
	}
}

func (v *view) decideBudgets(a *apiView) {
	if a.now.SLO == nil {
		return
	}
	var broken []Decision
	unproved := 0
	for i := range a.now.SLO.Operations {
		switch o := &a.now.SLO.Operations[i]; o.Verdict {
		case "fail":
			what := o.Operation + " broke its budget"
			if o.Reason != "" {
				what += ": " + o.Reason
			}
			broken = append(broken, Decision{What: what, Do: "Make it faster, or change what is promised.", Owner: o.Owner})
		case "inconclusive", "invalid":
			unproved++
		}
	}
	v.several(1, a, broken, func(n int) Decision {
		return Decision{What: words.Number(n) + " more operations broke their budgets", Do: "See service levels below."}
	})
	if unproved > 0 {
		v.add(7, a, Decision{What: words.Count(unproved, "budget") + " could not be proved by the load run", Do: "Run longer, or at a higher rate."})
	}
}

func (v *view) decideDeprecations(a *apiView) {
	if a.now.Lifecycle == nil {
		return
	}
	var overdue, soon []Decision
	undated := 0
	for _, d := range byConsumers(a.now.Lifecycle.Deprecations) {
		users := remaining(d)
		switch {
		case d.Status == "overdue":
			do := "Remove it, or give it another day."
			if d.Consumers != nil && *d.Consumers > 0 {
				do = "Move its consumers, then remove it, or give it another day."
			}
			when := day(d.Due)
			if d.Due == "" {
				when = "release " + d.Release
			}
			overdue = append(overdue, Decision{What: d.Name + " was to go on " + when + users, Do: do, Owner: d.Owner})
		case v.now.Due(d, 30):
			soon = append(soon, Decision{What: d.Name + " goes on " + day(d.Due) + users, Do: "Reach who still uses it, or move the day.", Owner: d.Owner, Due: d.Due})
		case d.Status == "undated":
			undated++
		}
	}
	v.several(2, a, overdue, func(n int) Decision {
		return Decision{What: words.Number(n) + " more deprecations are overdue", Do: "See what goes, below."}
	})
	v.several(3, a, soon, func(n int) Decision {
		return Decision{What: words.Number(n) + " more go within 30 days", Do: "See what goes, below."}
	})
	if undated > 0 {
		v.add(8, a, Decision{What: words.Count(undated, "deprecation") + " " + hasHave(undated) + " no day", Do: "Say when each goes, or take the deprecation back."})
	}
}

// byConsumers orders deprecations by who still uses them; equal ones stay as
// they are.
func byConsumers(list []snapshot.Deprecation) []*snapshot.Deprecation {
	out := make([]*snapshot.Deprecation, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	users := func(d *snapshot.Deprecation) int {
		if d.Consumers == nil {
			return 0
		}
		return *d.Consumers
	}
	slices.SortStableFunc(out, func(a, b *snapshot.Deprecation) int { return cmp.Compare(users(b), users(a)) })
	return out
}

// remaining says who still uses something; "" where nobody counted.
func remaining(d *snapshot.Deprecation) string {
	switch {
	case d.Consumers == nil:
		return ""
	case *d.Consumers == 0:
		return ", and nobody uses it"
	case *d.Consumers == 1:
		return ", and 1 consumer still uses it"
	}
	return ", and " + words.Number(*d.Consumers) + " consumers still use it"
}

func (v *view) decideChanges(a *apiView) {
	if n := v.count(a, "lifecycle.breaking"); n > 0 {
		v.add(4, a, Decision{What: words.Count(n, "change") + " " + breaks(n) + " clients of the version before", Do: "Take them back, or release a new major version and say so."})
	}
	if a.change == nil {
		return
	}
	was := v.criteria.Answer(a.beforeIn, a.before)
	for i := range a.answers {
		now := &a.answers[i]
		k := slices.IndexFunc(was, func(w snapshot.Answer) bool { return w.Name == now.Name && w.Metric == now.Metric })
		if k >= 0 && was[k].State == snapshot.Met && now.State == snapshot.NotMet && !toldApart(now.Metric) {
			v.add(5, a, Decision{What: "No longer met: " + now.Name + " (" + now.Evidence + ")", Do: "Say who brings it back, and by when.", Owner: now.Owner})
		}
	}
}

// toldApart reports whether what a metric counts is a decision of its own.
func toldApart(metric string) bool {
	for _, topic := range []string{"slo.", "lifecycle.", "waivers.", "gates."} {
		if strings.HasPrefix(metric, topic) {
			return true
		}
	}
	return false
}

func (v *view) decideGaps(a *apiView) {
	if a.change != nil {
		var opened []Decision
		for _, name := range a.change.Opened {
			opened = append(opened, Decision{What: name + " has no counterpart", Do: "Add one, or exempt it in parity.yaml with a reason.", Owner: ownerOf(a.now, name)})
		}
		v.several(6, a, opened, func(n int) Decision {
			return Decision{What: words.Number(n) + " more operations have no counterpart, and are new or had one", Do: "See the largest gaps below."}
		})
	}
	orphans := 0
	for i := range a.now.Gaps[:min(len(a.now.Gaps), shownGaps)] {
		if a.now.Gaps[i].Owner == "" {
			orphans++
		}
	}
	if all := min(len(a.now.Gaps), shownGaps); orphans > 0 {
		what := words.Number(orphans) + " of the " + words.Number(all) + " largest gaps " + belong(orphans) + " to nobody"
		if orphans == all {
			what = "The largest gaps belong to nobody"
		}
		v.add(9, a, Decision{
			What: what,
			Do:   "Name owners: x-owner in the description, report.teams in plumb.yaml, or CODEOWNERS.",
		})
	}
}

func ownerOf(a *snapshot.API, name string) string {
	for i := range a.Resources {
		if r := &a.Resources[i]; r.REST == name || r.REST == "" && r.GraphQL == name {
			return r.Owner
		}
	}
	return ""
}

func (v *view) decideWaivers() {
	var expired, soon []Decision
	for i := range v.now.Waivers {
		w := &v.now.Waivers[i]
		days, ok := snapshot.Days(v.now.At, w.Until)
		if !ok {
			continue
		}
		what := "The waiver of " + waiverName(w)
		sets := "; it sets " + words.Count(w.Findings, "finding") + " aside"
		switch {
		case days < 0:
			expired = append(expired, Decision{What: what + " ended on " + day(w.Until), Do: "Mend what it is about, or renew it with a reason.", Owner: w.Owner})
		case days <= 30:
			soon = append(soon, Decision{What: what + " ends on " + day(w.Until) + sets, Do: "Mend what it is about, or renew it with a reason.", Owner: w.Owner, Due: w.Until})
		}
	}
	more := func(n int) Decision {
		return Decision{What: words.Number(n) + " more waivers", Do: "See waivers below."}
	}
	v.several(3, nil, expired, more)
	v.several(4, nil, soon, more)
}

// waiverName says what a waiver is about.
func waiverName(w *snapshot.Waiver) string {
	return join(" in ", cmp.Or(w.Rule, "all rules"), join(" at ", w.File, w.Element))
}

func hasHave(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

func belong(n int) string {
	if n == 1 {
		return "belongs"
	}
	return "belong"
}

func breaks(n int) string {
	if n == 1 {
		return "breaks"
	}
	return "break"
}
