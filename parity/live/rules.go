package live

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/check"
)

// Rules returns the rules over a result, in the order in which they are
// documented.
func Rules() check.Set[*Result] {
	return check.Set[*Result]{liveDifference, liveEmpty, liveDeclined, liveUnmapped}
}

// Check runs the rules over a result under the policy. The report names both
// descriptions as its subjects; a result that is not complete makes it
// incomplete. The error says that the run could not take place, never that
// there are findings.
func Check(ctx context.Context, res *Result, policy check.Policy) (*check.Report, error) {
	report, err := check.Run(ctx, Rules(), res, policy)
	if err != nil {
		return nil, err
	}
	rest, schema := res.Plan.result.REST.Source().Name(), res.Plan.result.GraphQL.Sources()
	report.Subjects = []string{rest}
	if len(schema) > 0 {
		report.Subjects = append(report.Subjects, schema[0].Name())
	}
	for _, reason := range res.Incomplete {
		report.Incomplete = append(report.Incomplete, check.Incomplete{File: rest, Message: reason})
	}
	slices.SortFunc(report.Incomplete, func(a, b check.Incomplete) int {
		return slices.Compare([]string{a.File, a.Rule, a.Message}, []string{b.File, b.Rule, b.Message})
	})
	return report, nil
}

// since is the version that first had the rules.
const since = "0.1.0"

// place is where a finding about a probe is: the operation.
func (p *Probe) place() check.Location { return p.Pair.Location }

// counterpart is the field of GraphQL that the finding speaks of as well.
func (r *Result) counterpart(coordinate string) []check.Related {
	e, ok := r.Plan.result.GraphQL.Lookup(coordinate)
	if !ok {
		return nil
	}
	return []check.Related{{Message: "the counterpart in GraphQL", Location: e.Location()}}
}

// probeOf finds the probe of an operation.
func (r *Result) probeOf(operation string) *Probe {
	for _, p := range r.Probes {
		if p.Operation == operation {
			return p.Probe
		}
	}
	return nil
}
