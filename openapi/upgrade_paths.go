package openapi

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi2"
)

func (b *modelBuilder) swaggerPathItem(n *Node) *openapi2.PathItem {
	x := &openapi2.PathItem{}
	x.Extensions = b.members(n, "a path item", func(key string, v *Node) bool {
		switch key {
		case "$ref":
			x.Ref = b.str(v)
		case "delete":
			x.Delete = optional(v, b.swaggerOperation)
		case "get":
			x.Get = optional(v, b.swaggerOperation)
		case "head":
			x.Head = optional(v, b.swaggerOperation)
		case "options":
			x.Options = optional(v, b.swaggerOperation)
		case "patch":
			x.Patch = optional(v, b.swaggerOperation)
		case "post":
			x.Post = optional(v, b.swaggerOperation)
		case "put":
			x.Put = optional(v, b.swaggerOperation)
		case "parameters":
			x.Parameters = listOf(b, v, b.swaggerParameter)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) swaggerOperation(n *Node) *openapi2.Operation {
	x := &openapi2.Operation{}
	x.Extensions = b.members(n, "an operation", func(key string, v *Node) bool {
		switch key {
		case "summary":
			x.Summary = b.str(v)
		case "description":
			x.Description = b.str(v)
		case "deprecated":
			x.Deprecated = b.bool(v)
		case "externalDocs":
			x.ExternalDocs = optional(v, b.externalDocs)
		case "tags":
			x.Tags = b.strings(v)
		case "operationId":
			x.OperationID = b.str(v)
		case "parameters":
			x.Parameters = listOf(b, v, b.swaggerParameter)
		case "responses":
			x.Responses = optional(v, b.swaggerResponses)
		case "consumes":
			x.Consumes = b.strings(v)
		case "produces":
			x.Produces = b.strings(v)
		case "schemes":
			x.Schemes = b.strings(v)
		case "security":
			if v.kind != Null {
				requirements := b.swaggerSecurity(v)
				x.Security = &requirements
			}
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) swaggerParameter(n *Node) *openapi2.Parameter {
	x := &openapi2.Parameter{}
	b.fillSwaggerParameter(n, x, "a parameter")
	return x
}

func (b *modelBuilder) swaggerHeader(n *Node) *openapi2.Header {
	x := &openapi2.Header{}
	b.fillSwaggerParameter(n, &x.Parameter, "a header")
	return x
}

func (b *modelBuilder) fillSwaggerParameter(n *Node, x *openapi2.Parameter, what string) {
	x.Extensions = b.members(n, what, func(key string, v *Node) bool {
		switch key {
		case "$ref":
			x.Ref = b.str(v)
		case "in":
			x.In = b.str(v)
		case "name":
			x.Name = b.str(v)
		case "description":
			x.Description = b.str(v)
		case "collectionFormat":
			x.CollectionFormat = b.str(v)
		case "type":
			x.Type = b.schemaTypes(v)
		case "format":
			x.Format = b.str(v)
		case "pattern":
			x.Pattern = b.str(v)
		case "allowEmptyValue":
			x.AllowEmptyValue = b.bool(v)
		case "required":
			x.Required = b.bool(v)
		case "uniqueItems":
			x.UniqueItems = b.bool(v)
		case "exclusiveMinimum":
			x.ExclusiveMin = b.bool(v)
		case "exclusiveMaximum":
			x.ExclusiveMax = b.bool(v)
		case "schema":
			x.Schema = optional(v, b.swaggerSchemaRef)
		case "items":
			x.Items = optional(v, b.swaggerSchemaRef)
		case "enum":
			x.Enum = b.anys(v)
		case "multipleOf":
			x.MultipleOf = b.floatPtr(v)
		case "minimum":
			x.Minimum = b.floatPtr(v)
		case "maximum":
			x.Maximum = b.floatPtr(v)
		case "maxLength":
			x.MaxLength = b.uintPtr(v)
		case "maxItems":
			x.MaxItems = b.uintPtr(v)
		case "minLength":
			x.MinLength = b.uint(v)
		case "minItems":
			x.MinItems = b.uint(v)
		case "default":
			x.Default = b.any(v)
		default:
			return false
		}
		return true
	})
}

func (b *modelBuilder) swaggerResponses(n *Node) *openapi2.Responses {
	x := openapi2.NewResponsesWithCapacity(n.Len())
	if !b.isObject(n) {
		return x
	}
	for _, v := range n.kids {
		if !strings.HasPrefix(v.key, "x-") {
			x.Set(v.key, optional(v, b.swaggerResponse))
			continue
		}
		if x.Extensions == nil {
			x.Extensions = map[string]any{}
		}
		x.Extensions[v.key] = b.any(v)
	}
	return x
}

func (b *modelBuilder) swaggerResponse(n *Node) *openapi2.Response {
	x := &openapi2.Response{}
	x.Extensions = b.members(n, "a response", func(key string, v *Node) bool {
		switch key {
		case "$ref":
			x.Ref = b.str(v)
		case "description":
			x.Description = b.str(v)
		case "schema":
			x.Schema = optional(v, b.swaggerSchemaRef)
		case "headers":
			x.Headers = mapOf(b, v, b.swaggerHeader)
		case "examples":
			x.Examples = b.anyMap(v)
		default:
			return false
		}
		return true
	})
	return x
}
