package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var overrideStale = &rule{
	Meta: check.Meta{
		ID:      "parity-override-stale",
		Summary: "Every entry of parity.yaml must change something.",
		Rationale: "The entry says what the matcher is sure of anyway, or exempts what has a counterpart or does not exist. It " +
			"was needed once; now it would only hide the day on which it is wrong. Remove it.",
		Severity: check.Error, Tags: []string{"parity", "decisions"}, Since: since,
	},
	Check: func(_ context.Context, p *pass) error { return checkOverrides(p, "stale", staleText) },
}

func staleText(d *Decision) string {
	switch d.Kind {
	case "exempt":
		return fmt.Sprintf("the exemption of %q exempts nothing", d.Element)
	case "group":
		return fmt.Sprintf("the entry for group %q changes nothing", d.Element)
	}
	return fmt.Sprintf("the entry for %q says %q, which holds without it", d.Element, d.Value)
}

// checkOverrides reports the entries of parity.yaml in a state.
func checkOverrides(p *pass, state string, text func(*Decision) string) error {
	for i := range p.Subject.Decisions {
		d := &p.Subject.Decisions[i]
		if d.State != state || d.Kind == "lock" || d.Kind == "usage" {
			continue
		}
		properties := map[string]any{"kind": d.Kind, "element": d.Element, "value": d.Value}
		for _, more := range [...]struct{ name, value string }{
			{"now", d.Now}, {"closest", d.Closest}, {"reason", d.Reason}, {"owner", d.Owner}, {"until", d.Until},
		} {
			if more.value != "" {
				properties[more.name] = more.value
			}
		}
		p.Report(check.Finding{Location: d.At, Key: d.Kind + " " + d.Element + " " + d.Value, Message: text(d), Properties: properties})
	}
	return nil
}
