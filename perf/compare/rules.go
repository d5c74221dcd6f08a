package compare

import (
	"context"
	"embed"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest/cases"
	"github.com/plumbapi/plumb/perf"
)

// Rules returns the rules over a comparison, in the order in which they are
// documented.
func Rules() check.Set[*Comparison] {
	return check.Set[*Comparison]{regression, regressionUndecided}
}

// TrendRules returns the rules over a history.
func TrendRules() check.Set[*Trend] { return check.Set[*Trend]{levelRaised} }

// Check runs the rules over a comparison under the policy. Operations that
// could not be measured, and pairs that were not sent, make the report
// incomplete.
func Check(ctx context.Context, c *Comparison, policy check.Policy) (*check.Report, error) {
	rep, err := check.Run(ctx, Rules(), c, policy)
	if err != nil {
		return nil, err
	}
	if c.Incomplete != "" {
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{Message: "the comparison ended " + c.Incomplete})
	}
	for i := range c.Operations {
		if op := &c.Operations[i]; op.Verdict == perf.Invalid {
			rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: op.Location.File, Message: op.Operation + " could not be compared: " + op.Reason})
		}
	}
	if len(c.Operations) == 0 {
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{Message: "nothing was compared"})
	}
	return rep, nil
}

// CheckTrend runs the rules over a history under the policy. Operations that
// the last run did not measure make the report incomplete.
func CheckTrend(ctx context.Context, t *Trend, policy check.Policy) (*check.Report, error) {
	rep, err := check.Run(ctx, TrendRules(), t, policy)
	if err != nil {
		return nil, err
	}
	for i := range t.Operations {
		if op := &t.Operations[i]; op.Verdict == perf.Invalid {
			rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: op.Location.File, Message: op.Operation + " cannot be followed: " + op.Reason})
		}
	}
	if len(t.Operations) == 0 {
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{Message: "the last run has no operations"})
	}
	return rep, nil
}

// ruleCases are the test cases of the rules.
//
//go:embed testdata/rules testdata/trend
var ruleCases embed.FS

// Examples returns the first bad and the first good test case of the rule, and
// whether the rule has any.
func Examples(ruleID string) (cases.Example, bool) {
	if TrendRules().Find(ruleID) != nil {
		return cases.ReadExample(ruleCases, "testdata/trend", ruleID)
	}
	return cases.ReadExample(ruleCases, "testdata/rules", ruleID)
}

// since is the version that first had the rules.
const since = "0.1.0"
