package perf

import (
	"context"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var parameterUnknown = &check.Rule[*PlanSubject]{
	Meta: check.Meta{
		ID:      "perf-parameter-unknown",
		Summary: "What a plan sets in the query should be a parameter of the description.",
		Rationale: "Servers ignore parameters that they do not know: a page of 100 entries that was meant is a page of 20 that is measured. " +
			"Correct the name, or describe the parameter.",
		Severity: check.Warning, Tags: []string{"perf", "plan"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*PlanSubject]) error {
		c := newCatalog(p.Subject.Descriptions)
		report := func(op *Operation, at check.Location, values []Value) {
			of := c.byName[op.Name]
			if of == nil || of.rest == nil {
				return
			}
			var names []string
			for _, parameter := range of.doc.Parameters(of.rest) {
				if in := parameter.Get("in").Text(); in == "query" || in == "querystring" {
					names = append(names, parameter.Get("name").Text())
				}
			}
			for _, v := range values {
				if v.In == "query" && !described(v.Name, names) {
					p.Report(check.Finding{
						Location: at, Key: op.Name + " " + v.Name,
						Message:    fmt.Sprintf("%q has no parameter %q in its query%s", op.Name, v.Name, meant(v.Name, names)),
						Properties: map[string]any{"operation": op.Name, "parameter": v.Name},
					})
				}
			}
		}
		for i := range p.Subject.Plan.Operations {
			op := &p.Subject.Plan.Operations[i]
			report(op, op.Location, op.Values)
		}
		for i := range p.Subject.Plan.Sessions {
			s := &p.Subject.Plan.Sessions[i]
			for _, step := range s.Steps {
				report(&p.Subject.Plan.Operations[step.Operation], s.Location, step.Values)
			}
		}
		return nil
	},
}

// described reports whether a name in the query is that of a parameter, or of
// a member of one, such as filter[state] of filter.
func described(name string, names []string) bool {
	base, _, _ := strings.Cut(name, "[")
	for _, n := range names {
		if n == name || strings.TrimSuffix(n, "[]") == base {
			return true
		}
	}
	return false
}
