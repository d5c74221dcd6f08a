package view

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/snapshot"
)

// going is what is overdue, due within 180 days, and without a day.
func (v *view) going(a *apiView, id string) *sheet {
	l := a.now.Lifecycle
	if l == nil || len(l.Deprecations) == 0 {
		return nil
	}
	s := &sheet{ID: id + "-going", Title: "What goes", Head: head("Goes", "Element", "#Days", "#Consumers", "Owner", "Use instead")}
	s.Note = words.Count(v.count(a, "lifecycle.overdue"), "element") + " overdue, " + words.Number(v.count(a, "lifecycle.due_30")) + " due in 30 days, " +
		words.Number(v.count(a, "lifecycle.due_90")) + " in 90 and " + words.Number(v.count(a, "lifecycle.due_180")) + " in 180, " +
		words.Number(v.count(a, "lifecycle.undated")) + " without a day; " + words.Number(len(l.Deprecations)) + " deprecated in all."
	left := 0
	for i := range l.Deprecations {
		d := &l.Deprecations[i]
		if d.Status != "overdue" && !v.now.Due(d, 180) {
			continue
		}
		if len(s.Rows) == shownDeprecations {
			left++
			continue
		}
		goes := text(day(d.Due))
		if d.Due == "" {
			goes = text(d.Release)
		}
		days := cellView{Text: "–"}
		if n, ok := snapshot.Days(v.now.At, d.Due); ok {
			days.Text = words.Number(n)
			if n < 0 {
				days.Text = "−" + words.Number(-n)
			}
		}
		if d.Status == "overdue" {
			goes.Mark, days.Mark = "error", "error"
		}
		users := cellView{Text: "not counted", Mark: "soft"}
		if d.Consumers != nil {
			users = number(*d.Consumers)
			users.Small = usedBy(d)
		}
		element := code(d.Name)
		element.Small = safe.Line(d.Surface + " " + d.Kind)
		instead := cellView{Text: "–"}
		if d.Replacement != "" {
			instead = code(d.Replacement)
		}
		s.add(goes, element, days, users, owner(d.Owner), instead)
	}
	if left > 0 {
		s.Rest = words.Number(left) + " more: plumb lifecycle calendar has all."
	}
	return s
}

// usedBy says how often a deprecated element is called, and when last.
func usedBy(d *snapshot.Deprecation) string {
	if d.Calls == nil || *d.Calls == 0 {
		return ""
	}
	text := words.Count(int(*d.Calls), "call")
	for i, u := range d.Users {
		text += [...]string{": ", ", ", ", "}[min(i, 2)] + safe.Line(u.Consumer) + " " + words.Number(int(u.Calls))
	}
	if d.Last != "" {
		text += "; last on " + day(d.Last)
	}
	return text
}

// levels are the operations with a budget, the worst first.
func levels(a *apiView, id string) *sheet {
	o := a.now.SLO
	if o == nil {
		return nil
	}
	s := &sheet{ID: id + "-levels", Title: "Service levels", Head: head("Operation", "Budget", "#Error budget left", "#p95", "Owner", "Why")}
	s.Note = words.Number(o.Count("pass")) + " of " + words.Count(len(o.Operations), "budget") + " kept."
	if !o.Start.IsZero() {
		s.Note += " Measured on " + date(o.Start) + join("", " by ", safe.Line(o.Engine)) + "."
	}
	order := []string{"fail", "invalid", "inconclusive", "pass"}
	list := slices.Clone(o.Operations)
	slices.SortStableFunc(list, func(x, y snapshot.Objective) int {
		return cmp.Compare(slices.Index(order, x.Verdict), slices.Index(order, y.Verdict))
	})
	says := map[string]cellView{
		"pass": {Text: "✓ kept", Mark: "good"}, "fail": {Text: "✗ broken", Mark: "error"},
		"inconclusive": {Text: "? not proved", Mark: "warning"}, "invalid": {Text: "! invalid", Mark: "warning"},
	}
	for i := range list {
		op := &list[i]
		verdict, known := says[op.Verdict]
		if !known {
			verdict = text(op.Verdict)
		}
		budget := cellView{Text: "–"}
		if op.Left != nil {
			budget.Text = words.Percent(max(*op.Left, 0))
			if *op.Left < 0 {
				budget = cellView{Text: "used " + strconv.FormatFloat(1-*op.Left, 'f', 1, 64) + " times", Mark: "error"}
			}
		}
		p95 := cellView{Text: "–"}
		if op.P95 > 0 {
			p95.Text = strconv.FormatFloat(op.P95, 'f', 0, 64) + " ms"
		}
		s.add(code(op.Operation), verdict, budget, p95, owner(op.Owner), prose(op.Reason))
	}
	return s
}

func gaps(a *apiView, id string) *sheet {
	if len(a.now.Gaps) == 0 {
		return nil
	}
	s := &sheet{ID: id + "-gaps", Title: "Largest gaps", Head: head("What one side lacks", "Why", "Tag", "Owner")}
	for i := range a.now.Gaps[:min(len(a.now.Gaps), shownGaps)] {
		g := &a.now.Gaps[i]
		s.add(code(g.Element), prose(g.Reason), text(g.Tag), owner(g.Owner))
	}
	if n := len(a.now.Gaps) - shownGaps; n > 0 {
		s.Rest = "plumb parity lists the others."
	}
	return s
}

// groups are the facts by tag or by team, the worst first.
func groups(id, title, first string, list []snapshot.Group) *sheet {
	if len(list) == 0 || len(list) == 1 && list[0].Name == "" {
		return nil
	}
	parity, slo, owned := false, false, false
	for i := range list {
		parity = parity || list[i].RESTToGraphQL.Total > 0
		slo = slo || list[i].Budgets > 0
		owned = owned || first == "Tag" && list[i].Owner != ""
	}
	list = worstFirst(list)
	s := &sheet{ID: id, Title: title, Head: []column{{Text: first}}}
	if owned {
		s.Head = append(s.Head, column{Text: "Owner"})
	}
	if parity {
		s.Head = append(s.Head, head("#Operations", "#REST in GraphQL", "")...)
	}
	s.Head = append(s.Head, head("#Lint errors", "#Lint debt", "#Described", "#Deprecated", "#Overdue")...)
	if slo {
		s.Head = append(s.Head, head("#Budgets broken")...)
	}
	s.Head = slices.Clip(s.Head)
	for i := range list {
		if len(s.Rows) == shownTags {
			s.Rest = words.Number(len(list)-shownTags) + " more: plumb report --format json has all."
			break
		}
		g := &list[i]
		name := owner(g.Name)
		if g.Name != "" {
			name = text(g.Name)
		}
		cells := []cellView{name}
		if owned {
			cells = append(cells, owner(g.Owner))
		}
		if parity {
			b := shareBar(g.RESTToGraphQL)
			cells = append(cells, number(g.RESTToGraphQL.Total), percent(g.RESTToGraphQL.Share()), cellView{Bar: &b})
		}
		cells = append(cells, bad(g.Errors, "error"), number(g.Errors+g.Warnings+g.Infos+g.Known), percent(g.Described), number(g.Deprecated), bad(g.Overdue, "error"))
		if slo {
			cells = append(cells, cellView{Text: words.Number(g.Broken) + " of " + words.Number(g.Budgets), Mark: map[bool]string{true: "error"}[g.Broken > 0]})
		}
		s.add(cells...)
	}
	return s
}

// worstFirst orders groups by what is wrong in them: gaps, errors, what is overdue
// and what is broken. Equal ones stay as they are.
func worstFirst(list []snapshot.Group) []snapshot.Group {
	list = slices.Clone(list)
	wrong := func(g *snapshot.Group) int {
		return g.RESTToGraphQL.None - g.RESTToGraphQL.Exempt + g.Errors + g.Overdue + g.Broken
	}
	slices.SortStableFunc(list, func(a, b snapshot.Group) int { return cmp.Compare(wrong(&b), wrong(&a)) })
	return list
}

func debt(a *apiView, id string) *sheet {
	l := a.now.Lint
	if l == nil || len(l.Rules) == 0 {
		return nil
	}
	s := &sheet{ID: id + "-debt", Title: "Lint debt", Head: head("Rule", "Severity", "#Findings", "#Of these, count")}
	s.Note = words.Number(l.Total()) + " in all: " + words.Count(l.Errors, "error") + ", " + words.Count(l.Warnings, "warning") + " and " + words.Count(l.Infos, "info") + " count; " +
		words.Number(l.Known) + " are in the baseline, " + words.Number(l.Waived) + " under a waiver."
	for i := range l.Rules[:min(len(l.Rules), shownRules)] {
		r := &l.Rules[i]
		severity := text(r.Severity)
		if r.Severity == "error" || r.Severity == "warning" {
			severity.Mark = r.Severity
		}
		s.add(code(r.Rule), severity, number(r.Count), number(r.Counting))
	}
	if n := len(l.Rules) - shownRules; n > 0 {
		s.Rest = words.Count(n, "more rule") + ": plumb lint has all."
	}
	return s
}

func coverage(a *apiView, id string) *sheet {
	d := a.now.Docs
	if d == nil || len(d.Surfaces) == 0 {
		return nil
	}
	s := &sheet{ID: id + "-docs", Title: "Documentation", Note: "The share of each with a description, and of operations with an example.", Head: head("Surface", "#Operations", "#Parameters", "#Types", "#Fields", "#With example")}
	names := map[string]string{"rest": "REST", "graphql": "GraphQL", "webhooks": "Webhooks"}
	for _, c := range d.Surfaces {
		s.add(text(cmp.Or(names[c.Surface], c.Surface)), of(c.Operations), of(c.Parameters), of(c.Types), of(c.Fields), of(c.Examples))
	}
	return s
}

// of is a share with its numbers.
func of(s snapshot.Share) cellView {
	c := percent(s)
	if s.Whole > 0 {
		c.Small = words.Number(s.Part) + " of " + words.Number(s.Whole)
	}
	return c
}

func driftSheet(a *apiView, id string) *sheet {
	d := a.now.Webhooks
	if d == nil {
		return nil
	}
	s := &sheet{ID: id + "-webhooks", Title: "Webhooks", Head: head("#Payloads", "#Match", "#Violations", "#Unknown members", "#Not described", "#Places to mend")}
	s.add(number(d.Payloads), number(d.Matching), bad(d.Violations, "error"), bad(d.Unknown, "warning"), bad(d.Undescribed, "warning"), number(d.Places))
	return s
}

// checklist is what the criteria come to.
func (v *view) checklist(a *apiView, id string) *sheet {
	if len(a.answers) == 0 {
		return nil
	}
	s := &sheet{ID: id + "-criteria", Title: safe.Line(v.criteria.Title), Head: head("", "Criterion", "Evidence", "Owner")}
	met := 0
	says := map[snapshot.State]cellView{
		snapshot.Met: {Text: "✓ met", Mark: "good"}, snapshot.NotMet: {Text: "✗ not met", Mark: "error"}, snapshot.Unknown: {Text: "– not measured", Mark: "soft"},
	}
	named := false
	for i := range a.answers {
		named = named || a.answers[i].Owner != ""
	}
	if !named {
		s.Head = s.Head[:3]
	}
	for i := range a.answers {
		r := &a.answers[i]
		if r.State == snapshot.Met {
			met++
		}
		cells := []cellView{says[r.State], prose(r.Name), prose(cmp.Or(r.Evidence, "–"))}
		if named {
			cells = append(cells, owner(r.Owner))
		}
		s.add(cells...)
	}
	s.Head[0].Text = "State"
	s.Note = words.Number(met) + " of " + words.Number(len(a.answers)) + " met."
	return s
}

// met counts the criteria that are met, and all.
func (v *view) met() (met, asked int) {
	for _, a := range v.apis {
		for i := range a.answers {
			asked++
			if a.answers[i].State == snapshot.Met {
				met++
			}
		}
	}
	return met, asked
}

func (v *view) waivers() *sheet {
	if len(v.now.Waivers) == 0 {
		return nil
	}
	s := &sheet{ID: "waivers", Title: "Waivers", Head: head("Ends", "#Days", "What it is about", "#Findings", "Owner", "Reason")}
	for i := range v.now.Waivers {
		w := &v.now.Waivers[i]
		ends, days := text(day(w.Until)), cellView{Text: "–"}
		if n, ok := snapshot.Days(v.now.At, w.Until); ok {
			days.Text = words.Number(n)
			switch {
			case n < 0:
				days.Text = "−" + words.Number(-n)
				ends.Mark, days.Mark = "error", "error"
			case n <= 30:
				ends.Mark, days.Mark = "warning", "warning"
			}
		}
		s.add(ends, days, code(waiverName(w)), number(w.Findings), owner(w.Owner), prose(w.Reason))
	}
	return s
}
