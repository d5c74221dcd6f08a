package openapi

import "github.com/getkin/kin-openapi/openapi3"

func (b *modelBuilder) parameter(n *Node) *openapi3.Parameter {
	x := &openapi3.Parameter{}
	b.fillParameter(n, x, "a parameter")
	return x
}

func (b *modelBuilder) header(n *Node) *openapi3.Header {
	x := &openapi3.Header{}
	b.fillParameter(n, &x.Parameter, "a header")
	return x
}

func (b *modelBuilder) fillParameter(n *Node, x *openapi3.Parameter, what string) {
	x.Extensions = b.members(n, what, func(key string, v *Node) bool {
		switch key {
		case "name":
			x.Name = b.str(v)
		case "in":
			x.In = b.str(v)
		case "description":
			x.Description = b.str(v)
		case "style":
			x.Style = b.str(v)
		case "explode":
			x.Explode = b.boolPtr(v)
		case "allowEmptyValue":
			x.AllowEmptyValue = b.bool(v)
		case "allowReserved":
			x.AllowReserved = b.bool(v)
		case "deprecated":
			x.Deprecated = b.bool(v)
		case "required":
			x.Required = b.bool(v)
		case "schema":
			x.Schema = optional(v, b.schemaRef)
		case "example":
			x.Example = b.any(v)
		case "examples":
			x.Examples = mapOf(b, v, b.exampleRef)
		case "content":
			x.Content = mapOf(b, v, b.mediaType)
		default:
			return false
		}
		return true
	})
}

func (b *modelBuilder) requestBody(n *Node) *openapi3.RequestBody {
	x := &openapi3.RequestBody{}
	x.Extensions = b.members(n, "a request body", func(key string, v *Node) bool {
		switch key {
		case "description":
			x.Description = b.str(v)
		case "required":
			x.Required = b.bool(v)
		case "content":
			x.Content = mapOf(b, v, b.mediaType)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) response(n *Node) *openapi3.Response {
	x := &openapi3.Response{}
	x.Extensions = b.members(n, "a response", func(key string, v *Node) bool {
		switch key {
		case "description":
			x.Description = b.strPtr(v)
		case "headers":
			x.Headers = mapOf(b, v, b.headerRef)
		case "content":
			x.Content = mapOf(b, v, b.mediaType)
		case "links":
			x.Links = mapOf(b, v, b.linkRef)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) mediaType(n *Node) *openapi3.MediaType {
	x := &openapi3.MediaType{}
	x.Extensions = b.members(n, "a media type", func(key string, v *Node) bool {
		switch key {
		case "schema":
			x.Schema = optional(v, b.schemaRef)
		case "itemSchema":
			x.ItemSchema = optional(v, b.schemaRef)
		case "example":
			x.Example = b.any(v)
		case "examples":
			x.Examples = mapOf(b, v, b.exampleRef)
		case "encoding":
			x.Encoding = mapOf(b, v, b.encoding)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) encoding(n *Node) *openapi3.Encoding {
	x := &openapi3.Encoding{}
	x.Extensions = b.members(n, "an encoding", func(key string, v *Node) bool {
		switch key {
		case "contentType":
			x.ContentType = b.str(v)
		case "headers":
			x.Headers = mapOf(b, v, b.headerRef)
		case "style":
			x.Style = b.str(v)
		case "explode":
			x.Explode = b.boolPtr(v)
		case "allowReserved":
			x.AllowReserved = b.bool(v)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) example(n *Node) *openapi3.Example {
	x := &openapi3.Example{}
	x.Extensions = b.members(n, "an example", func(key string, v *Node) bool {
		switch key {
		case "summary":
			x.Summary = b.str(v)
		case "description":
			x.Description = b.str(v)
		case "value":
			x.Value = b.any(v)
		case "externalValue":
			x.ExternalValue = b.str(v)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) link(n *Node) *openapi3.Link {
	x := &openapi3.Link{}
	x.Extensions = b.members(n, "a link", func(key string, v *Node) bool {
		switch key {
		case "operationRef":
			x.OperationRef = b.str(v)
		case "operationId":
			x.OperationID = b.str(v)
		case "description":
			x.Description = b.str(v)
		case "parameters":
			x.Parameters = b.anyMap(v)
		case "server":
			x.Server = optional(v, b.server)
		case "requestBody":
			x.RequestBody = b.any(v)
		default:
			return false
		}
		return true
	})
	return x
}
