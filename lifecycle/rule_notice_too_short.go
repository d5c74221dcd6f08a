package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var noticeTooShort = &rule{
	Meta: meta("notice-too-short", "A sunset must keep to the notice that the policy promises.",
		"The policy is what clients plan by. Give a later sunset, or write down the exception with its reason and its owner "+
			"in the policy file.", check.Error, "openapi", "graphql", "deprecation", "policy"),
	Check: checkNoticeTooShort,
}

func checkNoticeTooShort(_ context.Context, p *pass) error {
	if p.Subject.Policy == nil {
		return nil
	}
	for e := range p.Subject.stated() {
		if !e.State.Deprecated || e.State.Sunset.IsZero() {
			continue
		}
		r := p.Subject.Policy.Removal(e.Element, p.Subject.Now)
		early, known := r.Before(e.State.Sunset)
		switch {
		case !early || !known:
		case r.Never:
			e.report(p, "has the sunset %s, but %s", e.State.Sunset, r.Why)
		default:
			e.report(p, "has the sunset %s, but may not go before %s: %s", e.State.Sunset, r.Earliest, r.Why)
		}
	}
	return nil
}
