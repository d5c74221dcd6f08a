package perf

import (
	"context"
	"embed"
	"math"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest/cases"
)

// PlanSubject is a plan with what it is held against.
type PlanSubject struct {
	Plan         *Plan
	Descriptions []Description
	// Production are the objectives of production; nil where they are not
	// known.
	Production *Production
}

// PlanRules returns the rules over a plan, in the order in which they are
// documented. What contradicts itself in a plan is no finding but an error of
// [ParsePlan].
func PlanRules() check.Set[*PlanSubject] {
	return check.Set[*PlanSubject]{
		budgetUnprovable, operationWithoutBudget, operationUnplanned, objectiveDrift, objectiveMissing,
		thresholdOffBucket, timeoutBelowObjective, parameterUnknown, poolUnused,
	}
}

// CheckPlan runs the rules over a plan under the policy. Documents of
// production that could not be understood make the report incomplete.
func CheckPlan(ctx context.Context, s *PlanSubject, policy check.Policy) (*check.Report, error) {
	rep, err := check.Run(ctx, PlanRules(), s, policy)
	if err != nil {
		return nil, err
	}
	if s.Production != nil {
		for _, u := range s.Production.Unread {
			rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: s.Production.Name, Message: u.Message})
		}
	}
	return rep, nil
}

// planCases are the test cases of the rules.
//
//go:embed testdata/plan
var planCases embed.FS

// PlanExamples returns the first bad and the first good test case of the rule,
// and whether the rule has any.
func PlanExamples(ruleID string) (cases.Example, bool) {
	return cases.ReadExample(planCases, "testdata/plan", ruleID)
}

// sent returns for each operation how many requests of the judged part are
// meant for it, in fractions: alone, and as steps of sessions.
func (p *Plan) sent() []float64 {
	counts := make([]float64, len(p.Operations))
	s, err := p.Schedule()
	if err != nil {
		return counts
	}
	var sum float64
	for i := range p.Operations {
		counts[i] = p.Operations[i].Weight
		sum += counts[i]
	}
	for i := range p.Sessions {
		sum += p.Sessions[i].Weight
		for _, step := range p.Sessions[i].Steps {
			counts[step.Operation] += p.Sessions[i].Weight
		}
	}
	judged := float64(s.Total() - s.Count(s.WarmUp()))
	for i := range counts {
		counts[i] *= judged / sum
		if math.IsNaN(counts[i]) {
			counts[i] = 0
		}
	}
	return counts
}

// demands reports whether a budget demands anything.
func (b *Budget) demands() bool { return len(b.Latency) > 0 || b.HasErrors || b.Rate > 0 }

// names are those of the plan's operations.
func (p *Plan) names() []string {
	names := make([]string, len(p.Operations))
	for i := range names {
		names[i] = p.Operations[i].Name
	}
	return names
}

// objectivesOf returns the objectives of production that are for an operation
// of the plan, by its index; those that are for none are at −1.
func (s *PlanSubject) objectivesOf() map[int][]ServiceObjective {
	by := map[int][]ServiceObjective{}
	if s.Production == nil {
		return by
	}
	c, names := newCatalog(s.Descriptions), s.Plan.names()
	for _, ob := range s.Production.Objectives {
		i := slices.Index(names, ob.resolve(names, c, s.Plan.Metrics.Names))
		by[i] = append(by[i], ob)
	}
	return by
}
