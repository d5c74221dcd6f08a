package drift

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var driftUnknownMember = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "webhook-drift-unknown-member",
		Summary: "A member that is sent is described.",
		Rationale: "Nobody can use what nobody knows of, and generated code does not have it. Describe the member; where objects take any members, " +
			"say so with additionalProperties. plumb webhooks drift --overlay writes a schema that was learned from the values.",
		Severity: check.Warning, Tags: []string{"webhooks", "drift"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error { return report(p, Unknown) },
}
