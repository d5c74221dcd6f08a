package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var usageUnknown = &rule{
	Meta: check.Meta{
		ID:      "parity-usage-unknown",
		Summary: "Usage should be counted for operations that exist.",
		Rationale: "The file with the numbers of calls speaks of operations that the description does not have, and their calls " +
			"weigh nothing: the importance of what is left is wrong by as much. Paths are compared as templates, so the names of " +
			"parameters do not matter; prefixes such as a version do.",
		Severity: check.Info, Tags: []string{"parity", "openapi", "decisions"}, Since: since,
	},
	Check: checkUsageUnknown,
}

func checkUsageUnknown(_ context.Context, p *pass) error {
	var names []string
	for _, d := range p.Subject.Decisions {
		if d.Kind == "usage" && d.State == "unknown" {
			names = append(names, d.Element)
		}
	}
	if len(names) == 0 {
		return nil
	}
	p.Report(check.Finding{
		Location: p.Subject.REST.Root().Location(), Properties: map[string]any{"operations": names},
		Message: fmt.Sprintf("usage is counted for %s, which the description does not have", quoted(names, 3)),
	})
	return nil
}
