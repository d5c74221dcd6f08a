package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var overrideExpired = &rule{
	Meta: check.Meta{
		ID:      "parity-override-expired",
		Summary: "No entry of parity.yaml may be past its last day.",
		Rationale: "Somebody answered for the entry until a day that is over, and it does not hold any more. Do what was to be " +
			"done until then, or give the entry another day with a reason that is still true.",
		Severity: check.Error, Tags: []string{"parity", "decisions"}, Since: since,
	},
	Check: func(_ context.Context, p *pass) error { return checkOverrides(p, "expired", expiredText) },
}

func expiredText(d *Decision) string {
	by := ""
	if d.Owner != "" {
		by = fmt.Sprintf(" by %q", d.Owner)
	}
	if d.Kind == "exempt" {
		return fmt.Sprintf("the exemption of %q%s ended with %s", d.Element, by, d.Until)
	}
	return fmt.Sprintf("the entry for %q%s ended with %s", d.Element, by, d.Until)
}
