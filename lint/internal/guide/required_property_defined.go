package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var requiredPropertyDefined = &rule{
	Meta: check.Meta{
		ID:      "required-property-defined",
		Summary: "A required property must be defined.",
		Rationale: "A name in `required` that is not in `properties` is mostly a misspelling or was left behind by a removal. The value must then be there and may be anything: generators leave it out, and no request validates. " +
			"Schemas that are composed of others, or are a part of a composition, are not reported, since the property may be defined there.",
		Severity: check.Warning, Tags: []string{"openapi", "schemas", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkRequiredPropertyDefined,
}

func checkRequiredPropertyDefined(_ context.Context, p *pass) error {
	d := p.Subject
	var parts map[*openapi.Node]bool
	for _, s := range d.Nodes(openapi.SchemaRole) {
		required, properties := s.Get("required"), s.Get("properties")
		if !required.Is(openapi.Array) || properties.Len() == 0 || isComposed(s) {
			continue
		}
		for _, name := range required.Children() {
			if !name.Is(openapi.String) || properties.Has(name.Text()) {
				continue
			}
			if parts == nil {
				parts = partsOfCompositions(d)
			}
			if !parts[s] {
				p.Reportf(name.Location(), "required property %q is not defined", name.Text())
			}
		}
	}
	return nil
}

// isComposed reports whether properties of the schema may be defined
// elsewhere than in its properties.
func isComposed(schema *openapi.Node) bool {
	for _, c := range schema.Children() {
		switch c.Key() {
		case "allOf", "anyOf", "oneOf", "$ref", "$dynamicRef", "patternProperties", "if", "dependentSchemas":
			return true
		case "additionalProperties":
			if c.Is(openapi.Object) {
				return true
			}
		}
	}
	return false
}

// partsOfCompositions returns the schemas that others are composed of,
// references resolved.
func partsOfCompositions(d *openapi.Document) map[*openapi.Node]bool {
	parts := map[*openapi.Node]bool{}
	for _, s := range d.Nodes(openapi.SchemaRole) {
		for _, c := range s.Children() {
			switch c.Key() {
			case "allOf", "anyOf", "oneOf":
				for _, part := range c.Children() {
					parts[d.Resolve(part)] = true
				}
			case "not", "if", "then", "else":
				parts[d.Resolve(c)] = true
			}
		}
	}
	return parts
}
