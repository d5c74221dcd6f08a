package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var overrideUnknown = &rule{
	Meta: check.Meta{
		ID:      "parity-override-unknown",
		Summary: "Every name in parity.yaml must exist.",
		Rationale: "The entry names an operation, a field or a type that the descriptions do not have: it is misspelt, or what it " +
			"speaks of was renamed or removed. Until it is corrected it does nothing.",
		Severity: check.Error, Tags: []string{"parity", "decisions"}, Since: since,
	},
	Check: func(_ context.Context, p *pass) error { return checkOverrides(p, "unknown", unknownText) },
}

func unknownText(d *Decision) string {
	name := d.Value
	if name == "" {
		name = d.Element
	}
	text := fmt.Sprintf("%q does not exist", name)
	switch d.Kind {
	case "group":
		text = fmt.Sprintf("group %q does not exist", name)
	case "exempt":
		text = fmt.Sprintf("the exemption of %q matches nothing", name)
	}
	if d.Closest != "" {
		text += fmt.Sprintf("; the closest is %q", d.Closest)
	}
	return text
}
