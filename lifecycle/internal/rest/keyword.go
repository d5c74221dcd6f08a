package rest

// keyword is a member of a schema that the comparison knows. What it does not
// know counts as an extension.
type keyword uint8

// The keywords: at most 64, since a set of them is a bit mask.
const (
	kwTitle keyword = iota
	kwDescription
	kwType
	kwFormat
	kwEnum
	kwDefault
	kwExample
	kwExamples
	kwExternalDocs
	kwAdditionalProperties
	kwUniqueItems
	kwExclusiveMinimum
	kwExclusiveMaximum
	kwNullable
	kwReadOnly
	kwWriteOnly
	kwAllowEmptyValue
	kwXML
	kwDeprecated
	kwMinimum
	kwMaximum
	kwMultipleOf
	kwMinLength
	kwMaxLength
	kwPattern
	kwMinItems
	kwMaxItems
	kwItems
	kwRequired
	kwProperties
	kwMinProperties
	kwMaxProperties
	kwDiscriminator
	kwConst
	kwPrefixItems
	kwContains
	kwMinContains
	kwMaxContains
	kwPatternProperties
	kwDependentSchemas
	kwPropertyNames
	kwUnevaluatedItems
	kwUnevaluatedProperties
	kwIf
	kwThen
	kwElse
	kwNot
	kwDependentRequired
	kwContentMediaType
	kwContentEncoding
	kwContentSchema
	kwDefs
	kwID
	kwAnchor
	kwDynamicRef
	kwDynamicAnchor
	kwSchema
	kwComment
	kwOneOf
	kwAnyOf
	kwAllOf
	keywords
)

var keywordNames = [keywords]string{
	"title", "description", "type", "format", "enum", "default", "example", "examples", "externalDocs",
	"additionalProperties", "uniqueItems", "exclusiveMinimum", "exclusiveMaximum", "nullable", "readOnly", "writeOnly",
	"allowEmptyValue", "xml", "deprecated", "minimum", "maximum", "multipleOf", "minLength", "maxLength", "pattern",
	"minItems", "maxItems", "items", "required", "properties", "minProperties", "maxProperties", "discriminator", "const",
	"prefixItems", "contains", "minContains", "maxContains", "patternProperties", "dependentSchemas", "propertyNames",
	"unevaluatedItems", "unevaluatedProperties", "if", "then", "else", "not", "dependentRequired", "contentMediaType",
	"contentEncoding", "contentSchema", "$defs", "$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$schema", "$comment",
	"oneOf", "anyOf", "allOf",
}

var keywordByName = func() map[string]keyword {
	m := make(map[string]keyword, keywords)
	for k, name := range keywordNames {
		m[name] = keyword(k)
	}
	return m
}()

// keywordSet is a set of keywords.
type keywordSet uint64

func keywordsOf(list ...keyword) (s keywordSet) {
	for _, k := range list {
		s |= 1 << k
	}
	return s
}

func (s keywordSet) has(k keyword) bool { return s&(1<<k) != 0 }

var (
	// annotations describe and restrict nothing.
	annotations = keywordsOf(kwTitle, kwDescription, kwDefault, kwExample, kwExamples, kwExternalDocs, kwComment)
	// single hold one schema.
	single = keywordsOf(kwItems, kwAdditionalProperties, kwContains, kwPropertyNames, kwUnevaluatedItems,
		kwUnevaluatedProperties, kwIf, kwThen, kwElse, kwNot, kwContentSchema)
	// named hold schemas by name.
	named = keywordsOf(kwProperties, kwPatternProperties, kwDependentSchemas, kwDefs)
	// listed hold schemas in a list.
	listed = keywordsOf(kwOneOf, kwAnyOf, kwAllOf, kwPrefixItems)
	// switched are true or absent.
	switched = keywordsOf(kwUniqueItems, kwNullable, kwReadOnly, kwWriteOnly, kwAllowEmptyValue, kwDeprecated)
	// texts are strings, and an empty one is as good as none.
	texts = keywordsOf(kwTitle, kwDescription, kwFormat, kwPattern, kwContentMediaType, kwContentEncoding, kwID, kwAnchor,
		kwDynamicRef, kwDynamicAnchor, kwSchema, kwComment)
	// lower restrict nothing where they are 0.
	lower = keywordsOf(kwMinLength, kwMinItems, kwMinProperties)
	// values may be anything; null is as good as none.
	valued = keywordsOf(kwDefault, kwExample, kwConst)
	// swaggerParameter are the members of a parameter of 2.0 that belong to its
	// schema.
	swaggerParameter = keywordsOf(kwType, kwFormat, kwEnum, kwDefault, kwUniqueItems, kwExclusiveMinimum,
		kwExclusiveMaximum, kwMinimum, kwMaximum, kwMultipleOf, kwMinLength, kwMaxLength, kwPattern, kwMinItems, kwMaxItems,
		kwItems)
)
