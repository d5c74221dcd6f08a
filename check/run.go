package check

import (
	"context"
	"slices"
)

// Run runs the rules over the subject under the policy. It returns an error
// only where ctx ended or the rules or the policy are invalid; a rule that
// crashes or fails is in the report's Incomplete.
func Run[S any](ctx context.Context, rules Set[S], subject S, policy Policy) (*Report, error) {
	rep := &Report{}
	for _, r := range rules {
		p := &Pass[S]{Subject: subject, rule: r.ID, severity: r.Severity}
		if err := r.Check(ctx, p); err != nil {
			rep.Incomplete = append(rep.Incomplete, Incomplete{Rule: r.ID, Message: err.Error()})
		}
		for _, f := range p.findings {
			f.Fingerprint = Fingerprint(f.Rule, f.Location.File, f.Location.Element, f.Key)
			rep.Findings = append(rep.Findings, f)
		}
		rep.Rules = append(rep.Rules, r.Meta)
	}
	slices.SortStableFunc(rep.Findings, func(a, b Finding) int { return a.Compare(&b) })
	return rep, nil
}
