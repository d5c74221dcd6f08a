package openapi

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// freeMembers gives every member of an object with free names to set,
// extensions aside, which are returned: never nil, as kin-openapi has it.
func (b *modelBuilder) freeMembers(n *Node, what string, set func(v *Node)) map[string]any {
	extensions := map[string]any{}
	if n.kind != Object {
		b.wrongKind(n, what, "an object")
		return extensions
	}
	b.rounded++
	for _, v := range n.kids {
		if strings.HasPrefix(v.key, "x-") {
			extensions[v.key] = b.any(v)
		} else {
			set(v)
		}
	}
	b.rounded--
	return extensions
}

func (b *modelBuilder) paths(n *Node) *openapi3.Paths {
	x := openapi3.NewPathsWithCapacity(n.Len())
	x.Extensions = b.freeMembers(n, "paths", func(v *Node) { x.Set(v.key, b.freePathItem(v)) })
	return x
}

func (b *modelBuilder) callback(n *Node) *openapi3.Callback {
	x := openapi3.NewCallbackWithCapacity(n.Len())
	x.Extensions = b.freeMembers(n, "a callback", func(v *Node) { x.Set(v.key, b.freePathItem(v)) })
	return x
}

// freePathItem builds a path item that stands under a free name, where null
// is an empty one.
func (b *modelBuilder) freePathItem(n *Node) *openapi3.PathItem {
	if n.kind == Null {
		return &openapi3.PathItem{}
	}
	return b.pathItem(n)
}

func (b *modelBuilder) responses(n *Node) *openapi3.Responses {
	x := openapi3.NewResponsesWithCapacity(n.Len())
	x.Extensions = b.freeMembers(n, "responses", func(v *Node) { x.Set(v.key, b.responseRef(v)) })
	return x
}

func (b *modelBuilder) pathItem(n *Node) *openapi3.PathItem {
	x := &openapi3.PathItem{}
	if b.share != nil {
		b.share.note(n, x)
	}
	x.Extensions = b.members(n, "a path item", func(key string, v *Node) bool {
		switch key {
		case "$ref":
			if x.Ref = b.str(v); b.share != nil {
				b.share.rename(n, &x.Ref, x)
			}
		case "summary":
			x.Summary = b.str(v)
		case "description":
			x.Description = b.str(v)
		case "connect":
			x.Connect = optional(v, b.operation)
		case "delete":
			x.Delete = optional(v, b.operation)
		case "get":
			x.Get = optional(v, b.operation)
		case "head":
			x.Head = optional(v, b.operation)
		case "options":
			x.Options = optional(v, b.operation)
		case "patch":
			x.Patch = optional(v, b.operation)
		case "post":
			x.Post = optional(v, b.operation)
		case "put":
			x.Put = optional(v, b.operation)
		case "trace":
			x.Trace = optional(v, b.operation)
		case "query":
			x.Query = optional(v, b.operation)
		case "additionalOperations":
			x.AdditionalOperations = mapOf(b, v, b.operation)
		case "servers":
			x.Servers = listOf(b, v, b.server)
		case "parameters":
			x.Parameters = listOf(b, v, b.parameterRef)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) operation(n *Node) *openapi3.Operation {
	x := &openapi3.Operation{}
	x.Extensions = b.members(n, "an operation", func(key string, v *Node) bool {
		switch key {
		case "tags":
			x.Tags = b.strings(v)
		case "summary":
			x.Summary = b.str(v)
		case "description":
			x.Description = b.str(v)
		case "operationId":
			x.OperationID = b.str(v)
		case "parameters":
			x.Parameters = listOf(b, v, b.parameterRef)
		case "requestBody":
			x.RequestBody = optional(v, b.requestBodyRef)
		case "responses":
			x.Responses = b.operationResponses(v)
		case "callbacks":
			x.Callbacks = mapOf(b, v, b.callbackRef)
		case "deprecated":
			x.Deprecated = b.bool(v)
		case "security":
			if v.kind != Null {
				requirements := b.securityRequirements(v)
				x.Security = &requirements
			}
		case "servers":
			if v.kind != Null {
				servers := openapi3.Servers(listOf(b, v, b.server))
				x.Servers = &servers
			}
		case "externalDocs":
			x.ExternalDocs = optional(v, b.externalDocs)
		default:
			return false
		}
		return true
	})
	return x
}

// operationResponses builds an operation's responses. That they were written
// as null is kept in a field that only kin-openapi can set.
func (b *modelBuilder) operationResponses(n *Node) *openapi3.Responses {
	if n.kind != Null {
		return b.responses(n)
	}
	var x openapi3.Operation
	if err := x.UnmarshalJSON([]byte(`{"responses":null}`)); err != nil {
		b.fail(n, "%s cannot be read: %s", named(n), err)
	}
	return x.Responses
}
