package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var defaultDiffers = &rule{
	Meta: check.Meta{
		ID:      "parity-default-differs",
		Summary: "An input should have the same default in both APIs.",
		Rationale: "The same request, with nothing said about the input, has another effect or another answer in each API. " +
			"Changing a default breaks clients, so decide which one is meant and document the other.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "graphql", "inputs"}, Since: since,
	},
	Check: checkDefaultDiffers,
}

func checkDefaultDiffers(_ context.Context, p *pass) error {
	for t, d := range differs(p.Subject, DefaultAspect) {
		// What one API sorts by one input takes two in the other.
		if t.input != nil && t.input.Role == SortInput {
			continue
		}
		reportDifference(p, t, d, false, "%s has the default %s, but %s has %s",
			t.rest, orNone(d.REST), t.graphql, orNone(d.GraphQL))
	}
	return nil
}

// orNone names a value that is not there.
func orNone(value string) string {
	if value == "" || value == "null" {
		return "none"
	}
	return value
}
