package drift

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var driftFormat = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "webhook-drift-format",
		Summary: "A text has the format that the description gives it.",
		Rationale: "For JSON Schema a format is a note, but generators make types of it, and decoding a text that is no date then fails. Take the " +
			"format away where empty or other texts are sent.",
		Severity: check.Info, Tags: []string{"webhooks", "drift"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error { return report(p, Format) },
}
