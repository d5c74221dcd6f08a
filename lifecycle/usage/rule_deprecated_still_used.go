package usage

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var deprecatedStillUsed = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "lifecycle-deprecated-still-used",
		Summary: "What is to be removed is hardly used any more.",
		Rationale: "Removing what is called breaks who calls it. The logs have calls of a deprecated element, by more than " +
			"`--max-share` of all calls of its API or of all consumers. Ask the consumers that are named to move, and look again. " +
			"Without `--max-share` the rule says nothing.",
		Severity: check.Error, Tags: []string{"lifecycle", "usage", "openapi", "graphql", "deprecation"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error {
		limits := &p.Subject.Limits
		for i := range p.Subject.Elements {
			e := &p.Subject.Elements[i]
			if !limits.Gate || !e.Deprecated || !limits.over(e) {
				continue
			}
			p.Report(check.Finding{
				Location: e.Location, Key: e.Name, Properties: e.properties(),
				Message: fmt.Sprintf("%s %q has %s, above %s%s", e.Kind, e.Name, e.numbers(), percent(limits.MaxShare), e.callers()),
			})
		}
		return nil
	},
}
