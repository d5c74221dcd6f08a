package perf

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var budgetExceeded = &check.Rule[*Assessment]{
	Meta: check.Meta{
		ID:      "perf-budget-exceeded",
		Summary: "Every operation keeps its budget under load.",
		Rationale: "Users see what a budget promises: how many answers are good, and how soon. A budget is only said to be exceeded " +
			"where that is no chance: more than 99 in 100 runs that say so are right, however much requests depend on each " +
			"other, or the run missed it more than twice as often as it may. Where misses come together, look at what " +
			"happened then; where they are spread, compare with the version before (`plumb perf compare`).",
		Severity: check.Error, Tags: []string{"perf"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Assessment]) error {
		p.Subject.demands(p, Fail)
		return nil
	},
}

// demands reports those with a verdict.
func (a *Assessment) demands(p *check.Pass[*Assessment], v Verdict) {
	for _, s := range a.Subjects() {
		if s.Judged.Verdict == Invalid {
			continue
		}
		for k := range s.Judged.Demands {
			if d := &s.Judged.Demands[k]; d.Verdict == v {
				s.report(p, d.name(), d.Reason, d.properties())
			}
		}
	}
}
