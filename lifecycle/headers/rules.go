package headers

import (
	"context"
	"embed"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest/cases"
)

// Rules returns the rules over a result, in the order in which they are
// documented.
func Rules() check.Set[*Result] {
	return check.Set[*Result]{headerMissing, headerUnexpected, headerValueInvalid, headerDisagrees, servedAfterSunset}
}

// Check runs the rules over a result under the policy. The subject is the
// description; a result that is not complete makes the report incomplete. The
// error says that the run could not take place, never that there are findings.
func Check(ctx context.Context, res *Result, policy check.Policy) (*check.Report, error) {
	report, err := check.Run(ctx, Rules(), res, policy)
	if err != nil {
		return nil, err
	}
	name := res.doc.Source().Name()
	report.Subjects = []string{name}
	for _, reason := range res.Incomplete {
		report.Incomplete = append(report.Incomplete, check.Incomplete{File: name, Message: reason})
	}
	return report, nil
}

// ruleCases are the test cases of the rules.
//
//go:embed testdata/rules
var ruleCases embed.FS

// Examples returns the first bad and the first good test case of the rule,
// each a description with recorded traffic, and whether the rule has any.
func Examples(ruleID string) (cases.Example, bool) {
	return cases.ReadExample(ruleCases, "testdata/rules", ruleID)
}

// since is the version that first had the rules.
const since = "0.1.0"

// fault is one verdict about the responses of an operation, those with the
// same value as one.
type fault struct {
	op *OperationResult
	FieldVerdict
	count   int
	status  int
	example string
}

// faults returns those of a verdict, by operation, in the order in which they
// came.
func (r *Result) faults(v Verdict) []*fault {
	var list []*fault
	for _, op := range r.Operations {
		known := map[FieldVerdict]*fault{}
		for _, resp := range op.Responses {
			for _, f := range resp.Fields {
				if f.Verdict != v {
					continue
				}
				f := f
				if v == Served {
					f.Sent = "" // whichever success it is
				}
				at := known[f]
				if at == nil {
					at = &fault{op: op, FieldVerdict: f, status: resp.Status, example: resp.Example}
					known[f] = at
					list = append(list, at)
				}
				at.count += resp.Count
			}
		}
	}
	return list
}

// report reports a fault at the operation.
func (f *fault) report(p *check.Pass[*Result], format string, args ...any) {
	at := f.op.op.Node.KeyLocation()
	if f.op.promise != nil {
		at = f.op.promise.Location
	}
	finding := check.Finding{
		Message: fmt.Sprintf(format, args...), Location: at, Key: f.Field + " " + f.Sent,
		Properties: map[string]any{"operation": f.op.Operation, "field": f.Field, "responses": f.count, "example": f.example},
	}
	if f.Promised != "" {
		finding.Properties["promised"] = f.Promised
	}
	if f.Sent != "" {
		finding.Properties["sent"] = f.Sent
	}
	p.Report(finding)
}

// times says how often.
func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// shown is a field with a value, as a sentence has it: the field Link is spoken
// of as the link that it is.
func (f *fault) shown() string {
	if f.Field == Link {
		return "the link " + RelSuccessor
	}
	return f.Field
}
