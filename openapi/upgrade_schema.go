package openapi

import "github.com/getkin/kin-openapi/openapi2"

func (b *modelBuilder) swaggerSchemaRef(n *Node) *openapi2.SchemaRef {
	x := &openapi2.SchemaRef{}
	if !b.reference(n, &x.Ref, x) {
		x.Value = optional(n, b.swaggerSchema)
	}
	return x
}

func (b *modelBuilder) swaggerSchema(n *Node) *openapi2.Schema {
	x := &openapi2.Schema{}
	x.Extensions = b.members(n, "a schema", func(key string, v *Node) bool {
		return b.swaggerKeyword(x, key, v) || b.swaggerBound(x, key, v) || b.swaggerApplicator(x, key, v)
	})
	return x
}

// swaggerKeyword sets what describes a value.
func (b *modelBuilder) swaggerKeyword(x *openapi2.Schema, key string, v *Node) bool {
	switch key {
	case "type":
		x.Type = b.schemaTypes(v)
	case "title":
		x.Title = b.str(v)
	case "format":
		x.Format = b.str(v)
	case "description":
		x.Description = b.str(v)
	case "enum":
		x.Enum = b.anys(v)
	case "default":
		x.Default = b.any(v)
	case "example":
		x.Example = b.any(v)
	case "externalDocs":
		x.ExternalDocs = optional(v, b.externalDocs)
	case "readOnly":
		x.ReadOnly = b.bool(v)
	case "writeOnly":
		x.WriteOnly = b.bool(v)
	case "allowEmptyValue":
		x.AllowEmptyValue = b.bool(v)
	case "deprecated":
		x.Deprecated = b.bool(v)
	case "xml":
		x.XML = optional(v, b.xml)
	case "discriminator":
		x.Discriminator = b.str(v)
	default:
		return false
	}
	return true
}

// swaggerBound sets what restricts a value.
func (b *modelBuilder) swaggerBound(x *openapi2.Schema, key string, v *Node) bool {
	switch key {
	case "uniqueItems":
		x.UniqueItems = b.bool(v)
	case "exclusiveMinimum":
		x.ExclusiveMin = b.bool(v)
	case "exclusiveMaximum":
		x.ExclusiveMax = b.bool(v)
	case "minimum":
		x.Min = b.floatPtr(v)
	case "maximum":
		x.Max = b.floatPtr(v)
	case "multipleOf":
		x.MultipleOf = b.floatPtr(v)
	case "minLength":
		x.MinLength = b.uint(v)
	case "maxLength":
		x.MaxLength = b.uintPtr(v)
	case "pattern":
		x.Pattern = b.str(v)
	case "minItems":
		x.MinItems = b.uint(v)
	case "maxItems":
		x.MaxItems = b.uintPtr(v)
	case "required":
		x.Required = b.strings(v)
	case "minProperties":
		x.MinProps = b.uint(v)
	case "maxProperties":
		x.MaxProps = b.uintPtr(v)
	default:
		return false
	}
	return true
}

// swaggerApplicator sets what holds other schemas.
func (b *modelBuilder) swaggerApplicator(x *openapi2.Schema, key string, v *Node) bool {
	switch key {
	case "allOf":
		x.AllOf = listOf(b, v, b.swaggerSchemaRef)
	case "not":
		x.Not = optional(v, b.swaggerSchemaRef)
	case "items":
		if v.kind == Array {
			b.tuple = true
			x.Items = &openapi2.SchemaRef{Value: &openapi2.Schema{
				Extensions: map[string]any{tupleKey: listOf(b, v, b.swaggerSchemaRef)},
			}}
		} else {
			x.Items = optional(v, b.swaggerSchemaRef)
		}
	case "properties":
		x.Properties = mapOf(b, v, b.swaggerSchemaRef)
	case "additionalProperties":
		x.AdditionalProperties = b.boolSchema(v)
	case "anyOf", "oneOf", "nullable":
		// no keywords of 2.0: kin-openapi drops them
	default:
		return false
	}
	return true
}
