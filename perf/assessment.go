package perf

import (
	"cmp"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

// Assessment is a judgement with what it is about: what rules look at, and
// what views show.
type Assessment struct {
	Plan      *Plan
	Result    *Result
	Judgement *Judgement
}

// Assess judges a result by its plan.
func Assess(plan *Plan, r *Result) *Assessment {
	return &Assessment{Plan: plan, Result: r, Judgement: Judge(plan, r)}
}

// Subject is one operation of an assessment: what the plan asks of it, what
// was measured, and what that is worth.
type Subject struct {
	Operation *Operation
	// Measured is empty, but never nil, where nothing was measured.
	Measured *Measured
	Judged   *Judged
}

// Subjects returns the operations in the order of the plan.
func (a *Assessment) Subjects() []Subject {
	byName := make(map[string]*Measured, len(a.Result.Operations))
	for i := range a.Result.Operations {
		byName[a.Result.Operations[i].Operation] = &a.Result.Operations[i]
	}
	list := make([]Subject, 0, len(a.Plan.Operations))
	for i := range a.Plan.Operations {
		s := Subject{Operation: &a.Plan.Operations[i], Judged: &a.Judgement.Operations[i]}
		if s.Measured = byName[s.Operation.Name]; s.Measured == nil {
			s.Measured = &Measured{Operation: s.Operation.Name}
		}
		list = append(list, s)
	}
	return list
}

// place is where the plan has the budget of an operation, or else the
// operation.
func (s *Subject) place() check.Location {
	if at := s.Operation.Budget.Location; at.Line > 0 {
		return at
	}
	return s.Operation.Location
}

// report reports a finding about an operation at its budget. Key tells it from
// others of the rule about the operation; what was measured on a day is not in
// it.
func (s *Subject) report(p *check.Pass[*Assessment], key, message string, properties map[string]any) {
	f := check.Finding{Message: s.Operation.Name + ": " + message, Location: s.place(), Key: s.Operation.Name + " " + key, Properties: properties}
	if at := s.Operation.Location; at.Line > 0 && s.Operation.Budget.Location.Line > 0 && s.Operation.Budget.Origin != "operation" {
		f.Related = []check.Related{{Message: "the operation; its budget is that of " + cmp.Or(s.Operation.Budget.Origin, "the plan"), Location: at}}
	}
	f.Properties["operation"] = s.Operation.Name
	p.Report(f)
}

// name tells a demand from the others of its budget.
func (d *Demand) name() string {
	if d.Kind == latencyKind {
		return fmt.Sprintf("latency %s %s", percent(d.Objective.Share), shortest(d.Objective.Within))
	}
	return d.Kind
}

// properties are the numbers of a demand.
func (d *Demand) properties() map[string]any {
	p := map[string]any{"demand": d.name(), "missed": d.Missed, "total": d.Total, "allowed": d.Allowed, "low": d.Low, "high": d.High}
	if d.Kind == rateKind {
		p["rate"], p["least_rate"] = d.Rate, d.LeastRate
	}
	if d.Required > 0 {
		p["required"] = d.Required
	}
	return p
}
