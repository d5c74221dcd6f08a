package openapi

import "github.com/getkin/kin-openapi/openapi3"

// document builds the model of a whole source. Sources that references reach
// are read the same way, whatever they hold: what is no member of an OpenAPI
// object becomes an extension.
func (b *modelBuilder) document(n *Node) *openapi3.T {
	x := &openapi3.T{}
	x.Extensions = b.members(n, "the document", func(key string, v *Node) bool {
		switch key {
		case "openapi":
			x.OpenAPI = b.str(v)
		case "components":
			x.Components = optional(v, b.components)
		case "info":
			x.Info = optional(v, b.info)
		case "paths":
			x.Paths = optional(v, b.paths)
		case "security":
			x.Security = b.securityRequirements(v)
		case "servers":
			x.Servers = listOf(b, v, b.server)
		case "tags":
			x.Tags = listOf(b, v, b.tag)
		case "externalDocs":
			x.ExternalDocs = optional(v, b.externalDocs)
		case "webhooks":
			x.Webhooks = mapOf(b, v, b.pathItem)
		case "jsonSchemaDialect":
			x.JSONSchemaDialect = b.str(v)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) info(n *Node) *openapi3.Info {
	x := &openapi3.Info{}
	x.Extensions = b.members(n, "info", func(key string, v *Node) bool {
		switch key {
		case "title":
			x.Title = b.str(v)
		case "summary":
			x.Summary = b.str(v)
		case "description":
			x.Description = b.str(v)
		case "termsOfService":
			x.TermsOfService = b.str(v)
		case "contact":
			x.Contact = optional(v, b.contact)
		case "license":
			x.License = optional(v, b.license)
		case "version":
			x.Version = b.str(v)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) contact(n *Node) *openapi3.Contact {
	x := &openapi3.Contact{}
	x.Extensions = b.members(n, "contact", func(key string, v *Node) bool {
		switch key {
		case "name":
			x.Name = b.str(v)
		case "url":
			x.URL = b.str(v)
		case "email":
			x.Email = b.str(v)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) license(n *Node) *openapi3.License {
	x := &openapi3.License{}
	x.Extensions = b.members(n, "license", func(key string, v *Node) bool {
		switch key {
		case "name":
			x.Name = b.str(v)
		case "url":
			x.URL = b.str(v)
		case "identifier":
			x.Identifier = b.str(v)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) server(n *Node) *openapi3.Server {
	x := &openapi3.Server{}
	x.Extensions = b.members(n, "a server", func(key string, v *Node) bool {
		switch key {
		case "url":
			x.URL = b.str(v)
		case "description":
			x.Description = b.str(v)
		case "variables":
			x.Variables = mapOf(b, v, b.serverVariable)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) serverVariable(n *Node) *openapi3.ServerVariable {
	x := &openapi3.ServerVariable{}
	x.Extensions = b.members(n, "a server variable", func(key string, v *Node) bool {
		switch key {
		case "enum":
			x.Enum = b.strings(v)
		case "default":
			x.Default = b.str(v)
		case "description":
			x.Description = b.str(v)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) tag(n *Node) *openapi3.Tag {
	x := &openapi3.Tag{}
	x.Extensions = b.members(n, "a tag", func(key string, v *Node) bool {
		switch key {
		case "name":
			x.Name = b.str(v)
		case "description":
			x.Description = b.str(v)
		case "externalDocs":
			x.ExternalDocs = optional(v, b.externalDocs)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) externalDocs(n *Node) *openapi3.ExternalDocs {
	x := &openapi3.ExternalDocs{}
	x.Extensions = b.members(n, "externalDocs", func(key string, v *Node) bool {
		switch key {
		case "description":
			x.Description = b.str(v)
		case "url":
			x.URL = b.str(v)
		default:
			return false
		}
		return true
	})
	return x
}
