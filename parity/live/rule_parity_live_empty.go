package live

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var parityLiveEmpty = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "parity-live-empty",
		Summary: "No server shows nothing where the other one shows something.",
		Rationale: "An answer that is empty without an error looks like a fact: there is nothing. " +
			"Where the other API shows objects for the same question, it is a fault that callers cannot see: a filter that is always " +
			"on, a permission that hides what it should refuse, a resolver that swallows an error.",
		Severity: check.Error,
		Tags:     []string{"parity", "live"},
		Since:    "0.1.0",
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error {
		for _, s := range p.Subject.sums() {
			if s.Kind != EmptyDiffers {
				continue
			}
			f := p.Subject.finding(s)
			about := ""
			if s.Object != "" {
				about = " for " + s.Object
			}
			f.Message = fmt.Sprintf("one of %q and %q shows nothing%s, in %s: REST has %s, GraphQL %s",
				s.REST, s.GraphQL, about, times(s.count, "answer"), s.RESTValue, s.GraphQLValue)
			p.Report(f)
		}
		return nil
	},
}
