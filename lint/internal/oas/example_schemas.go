package oas

import (
	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// checkSchemaExamples checks the examples and defaults that stand in schemas,
// and in OpenAPI 2.0 in the parameters and headers that are schemas too.
func checkSchemaExamples(p *pass, fields ...string) error {
	doc := p.Subject
	c := newExampleChecker(p)
	roles := []openapi.Role{openapi.SchemaRole}
	if doc.Version() == openapi.V20 {
		roles = append(roles, openapi.ParameterRole, openapi.HeaderRole)
	}
	for _, role := range roles {
		for _, n := range doc.Nodes(role) {
			if !n.Is(openapi.Object) || doc.Ref(n) != nil || !typedSchema(n) {
				continue
			}
			first := true
			for _, field := range fields {
				value := n.Get(field)
				if value == nil {
					continue
				}
				if err := c.check(resolved(doc, value), n, jsonschema.Mode{}, first); err != nil {
					return err
				}
				first = false
			}
		}
	}
	return nil
}

// typedSchema reports whether a schema says itself what its values are. One
// that leaves it to allOf and the like is not checked, as in Spectral.
func typedSchema(n *openapi.Node) bool {
	for _, name := range []string{"type", "properties", "enum", "items", "format"} {
		if ecma.Truthy(n.Get(name)) {
			return true
		}
	}
	return false
}
