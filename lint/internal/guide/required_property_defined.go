package guide

import (
	"context"
	"slices"

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
	type lacking struct{ schema, name *openapi.Node }
	all := slices.Concat(openapi.Gather(p.Subject, p.Rule(), openapi.Alone, func(part *openapi.Document) (found []lacking) {
		for _, s := range part.Nodes(openapi.SchemaRole) {
			required, properties := s.Get("required"), s.Get("properties")
			if !required.Is(openapi.Array) || properties.Len() == 0 || isComposed(s) {
				continue
			}
			for _, name := range required.Children() {
				if name.Is(openapi.String) && !properties.Has(name.Text()) {
					found = append(found, lacking{s, name})
				}
			}
		}
		return found
	})...)
	if len(all) == 0 {
		return nil
	}
	composing := map[*openapi.Node]bool{}
	for _, schemas := range openapi.Gather(p.Subject, p.Rule()+" parts", openapi.ThroughReferences, partsOfCompositions) {
		for _, s := range schemas {
			composing[s] = true
		}
	}
	for _, l := range all {
		if !composing[l.schema] {
			p.Reportf(l.name.Location(), "required property %q is not defined", l.name.Text())
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
func partsOfCompositions(d *openapi.Document) (parts []*openapi.Node) {
	for _, s := range d.Nodes(openapi.SchemaRole) {
		for _, c := range s.Children() {
			switch c.Key() {
			case "allOf", "anyOf", "oneOf":
				for _, part := range c.Children() {
					parts = append(parts, d.Resolve(part))
				}
			case "not", "if", "then", "else":
				parts = append(parts, d.Resolve(c))
			}
		}
	}
	return parts
}
