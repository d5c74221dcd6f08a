package drift

import (
	"context"
	"embed"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest/cases"
)

// Rules returns the rules over a result, in the order in which they are
// documented.
func Rules() check.Set[*Result] {
	return check.Set[*Result]{driftMissing, driftNull, driftType, driftEnum, driftValue, driftFormat, driftUnknownMember, driftUnknownEvent}
}

// Check runs the rules over a result under the policy. The subject is the
// description; payloads that could not be judged make the report incomplete.
// The error says that the run could not take place, never that there are
// findings.
func Check(ctx context.Context, res *Result, policy check.Policy) (*check.Report, error) {
	rep, err := check.Run(ctx, Rules(), res, policy)
	if err != nil {
		return nil, err
	}
	for i, s := range res.description.doc.Sources() {
		if i == 0 {
			rep.Subjects = []string{s.Name()}
			continue
		}
		rep.Files = append(rep.Files, s.Name())
	}
	for _, p := range res.Incomplete {
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: p.Payload, Message: p.Message})
	}
	return rep, nil
}

// ruleCases are the test cases of the rules.
//
//go:embed testdata/rules
var ruleCases embed.FS

// Examples returns the first bad and the first good test case of the rule,
// each a description with a payload, and whether the rule has any.
func Examples(ruleID string) (cases.Example, bool) {
	return cases.ReadExample(ruleCases, "testdata/rules", ruleID)
}

// since is the version that first had the rules.
const since = "0.1.0"

// report reports the places of a kind.
func report(p *check.Pass[*Result], kind Kind) error {
	for _, place := range p.Subject.Places {
		if place.Kind == kind {
			p.Report(place.finding())
		}
	}
	return nil
}

// finding is a place as a rule reports it. The payloads are named with it.
func (p *Place) finding() check.Finding {
	f := check.Finding{
		Message: p.Message(), Location: p.Location, Key: p.Keyword + " " + p.Member,
		Properties: map[string]any{"id": p.ID, "count": p.Count, "payloads": p.Payloads, "webhooks": p.Webhooks, "got": p.Got},
	}
	for _, e := range p.Examples {
		message := "sent here"
		if e.Location.File != e.Payload {
			message = "sent in " + e.Payload
		}
		f.Related = append(f.Related, check.Related{Message: message, Location: e.Location})
	}
	return f
}
