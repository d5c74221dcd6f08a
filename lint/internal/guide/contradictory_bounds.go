package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var contradictoryBounds = &rule{
	Meta: check.Meta{
		ID:        "contradictory-bounds",
		Summary:   "A minimum must not be greater than the maximum beside it.",
		Rationale: "No value satisfies `minLength: 10, maxLength: 5`: every request is refused, every example is invalid. The two have mostly been swapped.",
		Severity:  check.Error, Tags: []string{"openapi", "schemas", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkContradictoryBounds,
}

func checkContradictoryBounds(_ context.Context, p *pass) error {
	for _, role := range [...]openapi.Role{openapi.SchemaRole, openapi.ParameterRole, openapi.HeaderRole} {
		for _, s := range p.Subject.Nodes(role) {
			for _, c := range s.Children() {
				var other string
				switch c.Key() {
				case "minimum":
					other = "maximum"
				case "minLength":
					other = "maxLength"
				case "minItems":
					other = "maxItems"
				case "minProperties":
					other = "maxProperties"
				default:
					continue
				}
				low, ok := c.Float()
				high, ok2 := s.Get(other).Float()
				if ok && ok2 && low > high {
					p.Reportf(c.Location(), "%s %q is greater than %s %q", c.Key(), c.Text(), other, s.Get(other).Text())
				}
			}
		}
	}
	return nil
}
