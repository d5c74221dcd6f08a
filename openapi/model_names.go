package openapi

import "strings"

// modelNames maps the members' names that kin-openapi knows, in lower case,
// to how they are written.
var modelNames = lowered(
	// documents
	"openapi", "components", "info", "paths", "security", "servers", "tags", "externalDocs", "webhooks",
	"jsonSchemaDialect", "title", "summary", "description", "termsOfService", "contact", "license", "version",
	"name", "url", "email", "identifier", "variables", "enum", "default",
	// components
	"schemas", "parameters", "headers", "requestBodies", "responses", "securitySchemes", "examples", "links",
	"callbacks",
	// path items and operations
	"$ref", "connect", "delete", "get", "head", "options", "patch", "post", "put", "trace", "query",
	"additionalOperations", "operationId", "requestBody", "deprecated",
	// parameters, bodies, responses
	"in", "style", "explode", "allowEmptyValue", "allowReserved", "required", "schema", "example", "content",
	"itemSchema", "encoding", "contentType", "value", "externalValue", "operationRef", "server",
	// schemas
	"oneOf", "anyOf", "allOf", "not", "type", "format", "uniqueItems", "exclusiveMinimum", "exclusiveMaximum",
	"nullable", "readOnly", "writeOnly", "xml", "minimum", "maximum", "multipleOf", "minLength", "maxLength",
	"pattern", "minItems", "maxItems", "items", "properties", "minProperties", "maxProperties",
	"additionalProperties", "discriminator", "const", "prefixItems", "contains", "minContains", "maxContains",
	"patternProperties", "dependentSchemas", "propertyNames", "unevaluatedItems", "unevaluatedProperties", "if",
	"then", "else", "dependentRequired", "$defs", "$schema", "$comment", "$id", "$anchor", "$dynamicRef",
	"$dynamicAnchor", "contentMediaType", "contentEncoding", "contentSchema", "propertyName", "mapping",
	"namespace", "prefix", "attribute", "wrapped",
	// security schemes
	"scheme", "bearerFormat", "flows", "openIdConnectUrl", "implicit", "password", "clientCredentials",
	"authorizationCode", "authorizationUrl", "tokenUrl", "refreshUrl", "scopes",
	// 2.0
	"swagger", "schemes", "consumes", "produces", "host", "basePath", "definitions", "securityDefinitions",
	"collectionFormat", "flow",
)

func lowered(names ...string) map[string]string {
	m := make(map[string]string, len(names))
	for _, n := range names {
		m[foldName(n)] = n
	}
	return m
}

// foldName makes names alike that encoding/json takes for one another.
func foldName(s string) string {
	return strings.ToLower(strings.ReplaceAll(s, "ſ", "s"))
}
