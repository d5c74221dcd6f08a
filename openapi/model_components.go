package openapi

import "github.com/getkin/kin-openapi/openapi3"

func (b *modelBuilder) components(n *Node) *openapi3.Components {
	x := &openapi3.Components{}
	x.Extensions = b.members(n, "components", func(key string, v *Node) bool {
		switch key {
		case "schemas":
			x.Schemas = mapOf(b, v, b.schemaRef)
		case "parameters":
			x.Parameters = mapOf(b, v, b.parameterRef)
		case "headers":
			x.Headers = mapOf(b, v, b.headerRef)
		case "requestBodies":
			x.RequestBodies = mapOf(b, v, b.requestBodyRef)
		case "responses":
			x.Responses = mapOf(b, v, b.responseRef)
		case "securitySchemes":
			x.SecuritySchemes = mapOf(b, v, b.securitySchemeRef)
		case "examples":
			x.Examples = mapOf(b, v, b.exampleRef)
		case "links":
			x.Links = mapOf(b, v, b.linkRef)
		case "callbacks":
			x.Callbacks = mapOf(b, v, b.callbackRef)
		default:
			return false
		}
		return true
	})
	return x
}
