package usage

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var usageUnclear = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "lifecycle-usage-unclear",
		Summary: "Logs say enough to tell that nobody uses what is to be removed.",
		Rationale: "That a log has no call of an element means little where it covers a day, has hardly any traffic, or cannot show " +
			"such a use. Some clients call once a month. Read logs of more days (`--min-days`, `--min-calls` set what is enough), or logs that have " +
			"what is missing. Without `--max-share` the rule says nothing.",
		Severity: check.Warning, Tags: []string{"lifecycle", "usage", "openapi", "graphql", "deprecation"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error {
		for i := range p.Subject.Elements {
			e := &p.Subject.Elements[i]
			if !p.Subject.Limits.Gate || !e.Deprecated || e.Verdict != Unclear {
				continue
			}
			f := check.Finding{
				Location: e.Location, Key: e.Name, Properties: e.properties(),
				Message: fmt.Sprintf("it cannot be told whether %s %q is used: %s", e.Kind, e.Name, e.Why),
			}
			p.Report(f)
		}
		return nil
	},
}
