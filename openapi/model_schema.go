package openapi

import "github.com/getkin/kin-openapi/openapi3"

func (b *modelBuilder) schema(n *Node) *openapi3.Schema {
	x := b.schemas.new()
	if n.kind == Bool {
		x.Always = b.bools.of(n.text == "true")
		return x
	}
	x.Extensions = b.members(n, "a schema", func(key string, v *Node) bool {
		return b.schemaKeyword(x, key, v) || b.schemaApplicator(x, key, v) || b.schemaIdentity(x, key, v)
	})
	return x
}

// schemaKeyword sets what annotates or restricts a value by itself.
func (b *modelBuilder) schemaKeyword(x *openapi3.Schema, key string, v *Node) bool {
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
	case "examples":
		x.Examples = b.schemaExamples(v)
	case "const":
		x.Const = b.any(v)
	case "externalDocs":
		x.ExternalDocs = optional(v, b.externalDocs)
	case "uniqueItems":
		x.UniqueItems = b.bool(v)
	case "exclusiveMinimum":
		x.ExclusiveMin = b.exclusiveBound(v)
	case "exclusiveMaximum":
		x.ExclusiveMax = b.exclusiveBound(v)
	case "nullable":
		x.Nullable = b.bool(v)
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
	case "minContains":
		x.MinContains = b.uintPtr(v)
	case "maxContains":
		x.MaxContains = b.uintPtr(v)
	case "dependentRequired":
		x.DependentRequired = b.stringsMap(v)
	case "discriminator":
		x.Discriminator = optional(v, b.discriminator)
	default:
		return false
	}
	return true
}

// schemaApplicator sets what holds other schemas.
func (b *modelBuilder) schemaApplicator(x *openapi3.Schema, key string, v *Node) bool {
	switch key {
	case "properties":
		x.Properties = mapOf(b, v, b.schemaRef)
	case "items":
		x.Items = optional(v, b.schemaRef)
	case "oneOf":
		x.OneOf = listOf(b, v, b.schemaRef)
	case "anyOf":
		x.AnyOf = listOf(b, v, b.schemaRef)
	case "allOf":
		x.AllOf = listOf(b, v, b.schemaRef)
	case "not":
		x.Not = optional(v, b.schemaRef)
	case "additionalProperties":
		x.AdditionalProperties = b.boolSchema(v)
	case "prefixItems":
		x.PrefixItems = listOf(b, v, b.schemaRef)
	case "contains":
		x.Contains = optional(v, b.schemaRef)
	case "patternProperties":
		x.PatternProperties = mapOf(b, v, b.schemaRef)
	case "dependentSchemas":
		x.DependentSchemas = mapOf(b, v, b.schemaRef)
	case "propertyNames":
		x.PropertyNames = optional(v, b.schemaRef)
	case "unevaluatedItems":
		x.UnevaluatedItems = b.boolSchema(v)
	case "unevaluatedProperties":
		x.UnevaluatedProperties = b.boolSchema(v)
	case "if":
		x.If = optional(v, b.schemaRef)
	case "then":
		x.Then = optional(v, b.schemaRef)
	case "else":
		x.Else = optional(v, b.schemaRef)
	case "$defs":
		x.Defs = mapOf(b, v, b.schemaRef)
	case "contentSchema":
		x.ContentSchema = optional(v, b.schemaRef)
	default:
		return false
	}
	return true
}

// schemaIdentity sets what names a schema or says what a string holds.
func (b *modelBuilder) schemaIdentity(x *openapi3.Schema, key string, v *Node) bool {
	switch key {
	case "$schema":
		x.SchemaDialect = b.str(v)
	case "$comment":
		x.Comment = b.str(v)
	case "$id":
		x.SchemaID = b.str(v)
	case "$anchor":
		x.Anchor = b.str(v)
	case "$dynamicRef":
		x.DynamicRef = b.str(v)
	case "$dynamicAnchor":
		x.DynamicAnchor = b.str(v)
	case "contentMediaType":
		x.ContentMediaType = b.str(v)
	case "contentEncoding":
		x.ContentEncoding = b.str(v)
	default:
		return false
	}
	return true
}

func (b *modelBuilder) schemaTypes(n *Node) *openapi3.Types {
	switch n.kind {
	case Null:
		return nil
	case String:
		t := b.types.new()
		t.name[0] = n.text
		t.types = t.name[:]
		return &t.types
	case Array:
		types := openapi3.Types(b.strings(n))
		return &types
	}
	b.wrongKind(n, named(n), "a string or an array of strings")
	return nil
}

// schemaExamples returns a schema's examples: a list of values. Where they
// are written as a parameter's are, by name, it is the list of these.
func (b *modelBuilder) schemaExamples(n *Node) []any {
	if n.kind != Object {
		return b.anys(n)
	}
	out := make([]any, len(n.kids))
	for i, c := range n.kids {
		if v := c.Get("value"); v != nil {
			c = v
		}
		out[i] = b.any(c)
	}
	return out
}

func (b *modelBuilder) exclusiveBound(n *Node) (x openapi3.ExclusiveBound) {
	switch n.kind {
	case Null:
	case Bool:
		x.Bool = b.boolPtr(n)
	case Number:
		x.Value = b.floatPtr(n)
	default:
		b.wrongKind(n, named(n), "a number or a boolean")
	}
	return x
}

func (b *modelBuilder) boolSchema(n *Node) (x openapi3.BoolSchema) {
	switch n.kind {
	case Null:
	case Bool:
		x.Has = b.boolPtr(n)
	case Object:
		b.rounded++
		x.Schema = b.schemaRef(n)
		b.rounded--
	default:
		b.wrongKind(n, named(n), "a schema or a boolean")
	}
	return x
}

func (b *modelBuilder) discriminator(n *Node) *openapi3.Discriminator {
	x := &openapi3.Discriminator{}
	x.Extensions = b.members(n, "a discriminator", func(key string, v *Node) bool {
		switch key {
		case "propertyName":
			x.PropertyName = b.str(v)
		case "mapping":
			x.Mapping = b.discriminatorMapping(v)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) discriminatorMapping(n *Node) map[string]openapi3.MappingRef {
	if !b.isObject(n) {
		return nil
	}
	out := make(map[string]openapi3.MappingRef, len(n.kids))
	for _, c := range n.kids {
		if c.kind != String {
			b.wrongKind(c, named(c), "a string")
		}
		if b.share != nil && isFileMapping(c) {
			b.share.mapping(c, out)
		} else {
			out[c.key] = openapi3.MappingRef{Ref: c.text}
		}
	}
	return out
}

func (b *modelBuilder) xml(n *Node) *openapi3.XML {
	x := &openapi3.XML{}
	x.Extensions = b.members(n, "xml", func(key string, v *Node) bool {
		switch key {
		case "name":
			x.Name = b.str(v)
		case "namespace":
			x.Namespace = b.str(v)
		case "prefix":
			x.Prefix = b.str(v)
		case "attribute":
			x.Attribute = b.bool(v)
		case "wrapped":
			x.Wrapped = b.bool(v)
		default:
			return false
		}
		return true
	})
	return x
}
