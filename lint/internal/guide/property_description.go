package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var propertyDescription = &rule{
	Meta: check.Meta{
		ID:        "property-description",
		Summary:   "A property should have a description.",
		Rationale: "Names are not enough: in which unit is `size`, whose `id` is it, what does null mean? A property is described by itself or by the schema that it refers to.",
		Severity:  check.Info, Tags: []string{"openapi", "schemas", "documentation", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkPropertyDescription,
}

func checkPropertyDescription(_ context.Context, p *pass) error {
	d := p.Subject
	for c := range declaredProperties(d) {
		if c.Is(openapi.Object) && c.Get("description").Text() == "" {
			if s := d.Resolve(c); s != nil && s.Get("description").Text() == "" && s.Get("title").Text() == "" {
				p.Reportf(c.KeyLocation(), "property %q has no description", c.Key())
			}
		}
	}
	return nil
}
