package history

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle"
)

var experimentUnfinished = &rule{
	Meta: check.Meta{
		ID:      "lifecycle-experiment-unfinished",
		Summary: "An experiment should become stable or go.",
		Rationale: "What is experimental for years is in use and has no promise: the worst of both. Promote it, or remove it " +
			"while that is still allowed. What the policy allows is taken for long, else twelve releases, counted by the first two numbers of the " +
			"versions. The rule is opt-in, since some products keep experiments on purpose.",
		Severity: check.Info, Tags: []string{"lifecycle", "history", "openapi", "graphql"}, Since: since, OptIn: true,
	},
	Check: checkExperimentUnfinished,
}

func checkExperimentUnfinished(_ context.Context, p *pass) error {
	c := p.Subject
	for _, l := range c.Lives {
		if !l.Present || l.State.Stability.Rank() == lifecycle.Stable || l.Parent() != nil && l.Parent().State.Stability.Rank() != lifecycle.Stable {
			continue
		}
		from := l.unstableFrom()
		if n := c.releases(from, l.Last); n >= c.patience(l) {
			p.Report(check.Finding{
				Location: l.Location,
				Message:  fmt.Sprintf("%s is %s since %s, %d releases ago", named(l), l.State.Stability, c.Versions[from].Name, n),
				Properties: map[string]any{
					"element": l.Name, "kind": string(l.Kind), "surface": string(l.Surface), "version": c.Versions[from].Name, "releases": n,
				},
			})
		}
	}
	return nil
}
