package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var permissionDiffers = &rule{
	Meta: check.Meta{
		ID:      "parity-permission-differs",
		Summary: "Counterparts should ask for the same permissions.",
		Rationale: "A token that one API refuses is good enough for the other: either somebody may do what they should not, or " +
			"somebody may not do what they should.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "graphql", "security"}, Since: since,
	},
	Check: checkPermissionDiffers,
}

func checkPermissionDiffers(_ context.Context, p *pass) error {
	for tr := range traits(p.Subject, PermissionTopic) {
		reportTrait(p, tr, false, "%s asks for %s, but %s asks for %s", tr.rest, quotedOrNone(tr.REST), tr.graphql, quotedOrNone(tr.GraphQL))
	}
	return nil
}

// quotedOrNone quotes what is there.
func quotedOrNone(text string) string {
	if text == "" {
		return "none"
	}
	return fmt.Sprintf("%q", text)
}
