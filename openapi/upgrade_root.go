package openapi

import (
	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi3"
)

// swagger builds kin-openapi's model of a 2.0 document.
func (b *modelBuilder) swagger(n *Node) *openapi2.T {
	x := &openapi2.T{}
	x.Extensions = b.members(n, "the document", func(key string, v *Node) bool {
		switch key {
		case "swagger":
			x.Swagger = b.str(v)
		case "info":
			if info := optional(v, b.info); info != nil {
				x.Info = *info
			}
		case "externalDocs":
			x.ExternalDocs = optional(v, b.externalDocs)
		case "schemes":
			x.Schemes = b.strings(v)
		case "consumes":
			x.Consumes = b.strings(v)
		case "produces":
			x.Produces = b.strings(v)
		case "host":
			x.Host = b.str(v)
		case "basePath":
			x.BasePath = b.str(v)
		case "paths":
			x.Paths = mapOf(b, v, b.swaggerPathItem)
		case "definitions":
			x.Definitions = mapOf(b, v, b.swaggerSchemaRef)
		case "parameters":
			x.Parameters = mapOf(b, v, b.swaggerParameter)
		case "responses":
			x.Responses = mapOf(b, v, b.swaggerResponse)
		case "securityDefinitions":
			x.SecurityDefinitions = mapOf(b, v, b.swaggerSecurityScheme)
		case "security":
			x.Security = b.swaggerSecurity(v)
		case "tags":
			x.Tags = openapi3.Tags(listOf(b, v, b.tag))
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) swaggerSecurity(n *Node) openapi2.SecurityRequirements {
	if !b.isArray(n) {
		return nil
	}
	out := make(openapi2.SecurityRequirements, len(n.kids))
	for i, c := range n.kids {
		out[i] = b.stringsMap(c)
	}
	return out
}

func (b *modelBuilder) swaggerSecurityScheme(n *Node) *openapi2.SecurityScheme {
	x := &openapi2.SecurityScheme{}
	x.Extensions = b.members(n, "a security scheme", func(key string, v *Node) bool {
		switch key {
		case "$ref":
			x.Ref = b.str(v)
		case "description":
			x.Description = b.str(v)
		case "type":
			x.Type = b.str(v)
		case "in":
			x.In = b.str(v)
		case "name":
			x.Name = b.str(v)
		case "flow":
			x.Flow = b.str(v)
		case "authorizationUrl":
			x.AuthorizationURL = b.str(v)
		case "tokenUrl":
			x.TokenURL = b.str(v)
		case "scopes":
			x.Scopes = b.stringMap(v)
		case "tags":
			x.Tags = listOf(b, v, b.tag)
		default:
			return false
		}
		return true
	})
	return x
}
