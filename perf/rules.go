package perf

import (
	"context"
	"embed"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest/cases"
)

// Rules returns the rules over an assessment, in the order in which they are
// documented.
func Rules() check.Set[*Assessment] {
	return check.Set[*Assessment]{budgetExceeded, inconclusive, invalid, contractViolation, unsent}
}

// Check runs the rules over an assessment under the policy. What cannot be
// trusted makes the report incomplete, whatever the policy says of the rule. The
// error says that the run could not take place, never that there are findings.
func Check(ctx context.Context, a *Assessment, policy check.Policy) (*check.Report, error) {
	rep, err := check.Run(ctx, Rules(), a, policy)
	if err != nil {
		return nil, err
	}
	for _, d := range a.doubts() {
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: d.at.File, Message: d.message})
	}
	return rep, nil
}

// doubt is why something could not be measured.
type doubt struct {
	subject *Subject // nil for the whole run
	at      check.Location
	message string
}

// doubts are those about the whole measurement, or else those about single
// operations.
func (a *Assessment) doubts() []doubt {
	var list []doubt
	subjects := a.Subjects()
	if len(a.Judgement.Reasons) > 0 {
		at := check.Location{}
		if len(subjects) > 0 {
			at.File, at.Line, at.Column = subjects[0].Operation.Location.File, 1, 1
		}
		for _, reason := range a.Judgement.Reasons {
			list = append(list, doubt{at: at, message: reason})
		}
		return list
	}
	for i := range subjects {
		if s := &subjects[i]; s.Judged.Verdict == Invalid {
			list = append(list, doubt{subject: s, at: s.place(), message: s.Operation.Name + ": " + s.Judged.Reason})
		}
	}
	return list
}

// ruleCases are the test cases of the rules.
//
//go:embed testdata/rules
var ruleCases embed.FS

// Examples returns the first bad and the first good test case of the rule,
// each budgets with what was measured, and whether the rule has any.
func Examples(ruleID string) (cases.Example, bool) {
	return cases.ReadExample(ruleCases, "testdata/rules", ruleID)
}

// since is the version that first had the rules.
const since = "0.1.0"
