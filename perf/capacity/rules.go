package capacity

import (
	"context"
	"embed"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest/cases"
	"github.com/plumbapi/plumb/perf"
)

// Rules returns the rules over a capacity.
func Rules() check.Set[*Capacity] { return check.Set[*Capacity]{tooLow, undecided} }

// Check runs the rules over a capacity under the policy. A search that found
// nothing, or ended early, makes the report incomplete.
func Check(ctx context.Context, c *Capacity, policy check.Policy) (*check.Report, error) {
	rep, err := check.Run(ctx, Rules(), c, policy)
	if err != nil {
		return nil, err
	}
	switch {
	case c.Verdict == perf.Invalid:
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: c.Location.File, Message: c.Reason})
	case c.Incomplete != "":
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: c.Location.File, Message: "the search ended " + c.Incomplete})
	}
	return rep, nil
}

var tooLow = &check.Rule[*Capacity]{
	Meta: check.Meta{
		ID:      "perf-capacity-too-low",
		Summary: "The service bears the rate that it has to.",
		Rationale: "At the rate that the service has to bear, or already below it, an operation misses its budget: what users are promised holds " +
			"only while fewer of them come. The message names the operation that gives way first; with that one mended, another may follow. " +
			"The interval tells whether more probes would change the answer.",
		Severity: check.Error, Tags: []string{"perf", "capacity"}, Since: "0.1.0",
	},
	Check: func(_ context.Context, p *check.Pass[*Capacity]) error { report(p, perf.Fail); return nil },
}

var undecided = &check.Rule[*Capacity]{
	Meta: check.Meta{
		ID:      "perf-capacity-undecided",
		Summary: "A search says whether the service bears the rate that it has to.",
		Rationale: "The rate that has to be borne lies within the interval of what was found, or beyond what the generator could send, so that the " +
			"search says neither yes nor no. That is not a pass. Let probes last longer or allow more of them; where the generator was the limit, " +
			"give it a machine of its own or share the load over several.",
		Severity: check.Warning, Tags: []string{"perf", "capacity"}, Since: "0.1.0",
	},
	Check: func(_ context.Context, p *check.Pass[*Capacity]) error { report(p, perf.Inconclusive); return nil },
}

// report reports a capacity that has the verdict.
func report(p *check.Pass[*Capacity], v perf.Verdict) {
	c := p.Subject
	if c.Verdict != v {
		return
	}
	p.Report(check.Finding{
		Location: c.Location, Key: "capacity", Message: c.Reason,
		Properties: map[string]any{"rate": c.Rate, "low": c.Low, "high": c.High, "min": c.Min, "operation": c.Operation, "demand": c.Demand},
	})
}

// ruleCases are the test cases of the rules.
//
//go:embed testdata/rules
var ruleCases embed.FS

// Examples returns the first bad and the first good test case of the rule, and
// whether the rule has any.
func Examples(ruleID string) (cases.Example, bool) {
	return cases.ReadExample(ruleCases, "testdata/rules", ruleID)
}
