package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var lockStale = &rule{
	Meta: check.Meta{
		ID:      "parity-lock-stale",
		Summary: "Every operation of parity.lock should exist.",
		Rationale: "The lock remembers an operation that the description does not have any more. If it was removed, write the " +
			"lock anew; if it was moved to another path, name its counterpart in parity.yaml so that the two are not taken for " +
			"strangers.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "decisions"}, Since: since,
	},
	Check: checkLockStale,
}

func checkLockStale(_ context.Context, p *pass) error {
	var names []string
	for _, o := range p.Subject.Operations {
		names = append(names, o.Operation)
	}
	for _, d := range p.Subject.Decisions {
		if d.Kind != "lock" || d.State != "gone" {
			continue
		}
		message := fmt.Sprintf("operation %q of the lock does not exist", d.Element)
		closest := check.Closest(d.Element, names)
		if closest != "" {
			message += fmt.Sprintf("; the closest is %q", closest)
		}
		p.Report(check.Finding{
			Location: d.At, Key: d.Element, Message: message,
			Properties: map[string]any{"element": d.Element, "locked": d.Value, "closest": closest},
		})
	}
	return nil
}
