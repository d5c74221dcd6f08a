package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var opaqueScalar = &rule{
	Meta: check.Meta{
		ID:      "parity-opaque-scalar",
		Summary: "A field should not hide in a scalar what REST describes.",
		Rationale: "REST says which members the object has; GraphQL says JSON. Its clients cannot choose members, have no types " +
			"for them and are not told when one changes. Give the field an object type.",
		Severity: check.Warning, Tags: []string{"parity", "graphql", "types"}, Since: since,
	},
	Check: checkOpaqueScalar,
}

func checkOpaqueScalar(_ context.Context, p *pass) error {
	for t, d := range differs(p.Subject, OpaqueAspect) {
		reportDifference(p, t, d, true, "%s is %s, but %s is %s", t.graphql, d.GraphQL, t.rest, d.REST)
	}
	return nil
}
