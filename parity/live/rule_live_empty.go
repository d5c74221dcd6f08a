package live

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var liveEmpty = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "parity-live-empty",
		Summary: "No server shows nothing where the other one shows something.",
		Rationale: "An answer that is empty without an error looks like a fact: there is nothing. " +
			"Where the other API shows objects for the same question, it is a fault that callers cannot see: a filter that is always " +
			"on, a permission that hides what it should refuse, a resolver that swallows an error.",
		Severity: check.Error, Tags: []string{"parity", "live"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error {
		for _, s := range p.Subject.sums() {
			if s.Kind != EmptyDiffers {
				continue
			}
			f := p.Subject.finding(s)
			has, empty := fmt.Sprintf("operation %q", s.REST), fmt.Sprintf("field %q", s.GraphQL)
			if s.RESTValue == "null" || s.RESTValue == "0" {
				has, empty = empty, has
			}
			f.Message = fmt.Sprintf("%s shows nothing where %s shows something, %s", empty, has, times(s.count, "time"))
			if s.Object != "" {
				f.Message += ": first for " + s.Object
			}
			p.Report(f)
		}
		return nil
	},
}
