package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var counterpartRemoved = &rule{
	Meta: check.Meta{
		ID:      "parity-counterpart-removed",
		Summary: "What has a counterpart must not lose it.",
		Rationale: "According to parity.lock there was a counterpart, which the other description has no more: clients of one API " +
			"lost something that those of the other still have. Bring it back, or name what took its place in parity.yaml, or " +
			"accept the loss by writing parity.lock anew.\n\nA counterpart of which the matcher was not sure, and one that has " +
			"surely been replaced, are no loss. What had been there when the lock was written, and was no counterpart then, replaces " +
			"nothing.",
		Severity: check.Error, Tags: []string{"parity", "openapi", "graphql", "coverage"}, Since: since,
	},
	Check: checkCounterpartRemoved,
}

func checkCounterpartRemoved(_ context.Context, p *pass) error {
	for _, l := range losses(p.Subject) {
		f := check.Finding{
			Location: l.at, Key: l.lost, Message: fmt.Sprintf("%s %q has lost its counterpart %q", l.what, l.element, l.lost),
			Properties: map[string]any{"element": l.element, "counterpart": l.lost},
		}
		if n := len(l.also); n > 0 {
			f.Message += " (so in " + plural(n, "other schema", "other schemas") + ")"
			f.Properties["also"] = l.also
		}
		if l.decision.File != "" {
			f.Related = append(f.Related, check.Related{Message: "the earlier decision", Location: l.decision})
		}
		p.Report(f)
	}
	return nil
}
