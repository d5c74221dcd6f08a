package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var inputMissing = &rule{
	Meta: check.Meta{
		ID:      "parity-input-missing",
		Summary: "What one API lets clients write the other should let them write too.",
		Rationale: "Both APIs create or change the same thing, and one of them cannot set a property of it. Clients have to make " +
			"a second request, to the other API, or to do without.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "graphql", "inputs"}, Since: since,
	},
	Check: func(_ context.Context, p *pass) error { return checkMissingInputs(p, DataInput) },
}

// checkMissingInputs reports the inputs of a role that one side lacks.
func checkMissingInputs(p *pass, role InputRole) error {
	type place struct{ has, lacks string }
	seen := map[place]bool{}
	for t := range inputCouples(p.Subject) {
		here := place{t.place(), t.input.Coordinate}
		if t.kind == GraphQLOnly {
			here = place{t.graphql.at.Element, t.input.Operation}
		}
		if t.input.Role != role || t.required() || seen[here] {
			continue
		}
		seen[here] = true
		properties := map[string]any{"operation": t.input.Operation, "coordinate": t.input.Coordinate, "confidence": round(t.confidence)}
		switch {
		case t.kind == RESTOnly && t.wants.graphql:
			p.Report(missingInput(t.rest, t.input.Coordinate, properties, "%s has no counterpart in %q", t.rest, t.input.Coordinate))
		case t.kind == GraphQLOnly && t.wants.rest:
			p.Report(missingInput(t.graphql, t.input.Operation, properties, "%s has no counterpart in operation %q", t.graphql, t.input.Operation))
		}
	}
	return nil
}

// required reports whether the side that has the input asks for it.
func (t *couple) required() bool {
	for _, d := range t.differences {
		if d.Aspect == RequiredAspect {
			return true
		}
	}
	return false
}
