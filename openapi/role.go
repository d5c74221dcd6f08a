package openapi

// Role says what an object of a description is.
type Role uint8

// The roles, named as the specification names its objects. SecurityRole is
// one security requirement; a callback is the map from expressions to path
// items.
const (
	NoRole Role = iota
	DocumentRole
	InfoRole
	ContactRole
	LicenseRole
	ServerRole
	ServerVariableRole
	TagRole
	ExternalDocsRole
	PathsRole
	PathItemRole
	OperationRole
	ParameterRole
	RequestBodyRole
	MediaTypeRole
	EncodingRole
	ResponsesRole
	ResponseRole
	HeaderRole
	ExampleRole
	LinkRole
	CallbackRole
	SchemaRole
	DiscriminatorRole
	XMLRole
	SecuritySchemeRole
	OAuthFlowsRole
	OAuthFlowRole
	SecurityRole
	ComponentsRole
	WebhooksRole

	numRoles = iota
)

var roleNames = [numRoles]string{
	"none", "document", "info", "contact", "license", "server", "server variable", "tag", "external documentation",
	"paths", "path item", "operation", "parameter", "request body", "media type", "encoding", "responses", "response",
	"header", "example", "link", "callback", "schema", "discriminator", "XML object", "security scheme", "OAuth flows",
	"OAuth flow", "security requirement", "components", "webhooks",
}

// String returns the name of the role as a sentence would use it.
func (r Role) String() string {
	if int(r) < len(roleNames) {
		return roleNames[r]
	}
	return "none"
}

// shape says how a member's value holds objects of a role.
type shape uint8

const (
	one      shape = iota + 1 // the value is the object
	list                      // the value is an array of them
	byName                    // the value is an object whose members are
	anyShape                  // the value is the object or an array of them
)

// member is what a member of an object of some role holds.
type member struct {
	shape shape
	role  Role
}

// grammar says which members of an object hold objects of which role, for
// all versions of the specification at once: what a version lacks, a
// document of that version does not have, or has in vain.
// Source: the "Fixed Fields" of the specifications 2.0, 3.0.4, 3.1.1, 3.2.0.
var grammar = [numRoles]map[string]member{
	DocumentRole: {
		"info": {one, InfoRole}, "servers": {list, ServerRole}, "tags": {list, TagRole},
		"externalDocs": {one, ExternalDocsRole}, "paths": {one, PathsRole}, "webhooks": {one, WebhooksRole},
		"x-webhooks": {one, WebhooksRole},
		"components": {one, ComponentsRole}, "security": {list, SecurityRole},
		"definitions": {byName, SchemaRole}, "parameters": {byName, ParameterRole},
		"responses": {byName, ResponseRole}, "securityDefinitions": {byName, SecuritySchemeRole},
	},
	InfoRole:   {"contact": {one, ContactRole}, "license": {one, LicenseRole}},
	ServerRole: {"variables": {byName, ServerVariableRole}},
	TagRole:    {"externalDocs": {one, ExternalDocsRole}},
	PathItemRole: withOperations(map[string]member{
		"servers": {list, ServerRole}, "parameters": {list, ParameterRole},
		"additionalOperations": {byName, OperationRole},
	}),
	OperationRole: {
		"externalDocs": {one, ExternalDocsRole}, "parameters": {list, ParameterRole},
		"requestBody": {one, RequestBodyRole}, "responses": {one, ResponsesRole},
		"callbacks": {byName, CallbackRole}, "security": {list, SecurityRole}, "servers": {list, ServerRole},
	},
	ParameterRole: {
		"schema": {one, SchemaRole}, "content": {byName, MediaTypeRole}, "examples": {byName, ExampleRole},
		"items": {one, SchemaRole},
	},
	RequestBodyRole: {"content": {byName, MediaTypeRole}},
	MediaTypeRole: {
		"schema": {one, SchemaRole}, "itemSchema": {one, SchemaRole}, "examples": {byName, ExampleRole},
		"encoding": {byName, EncodingRole}, "prefixEncoding": {list, EncodingRole}, "itemEncoding": {one, EncodingRole},
	},
	EncodingRole: {
		"headers": {byName, HeaderRole}, "encoding": {byName, EncodingRole},
		"prefixEncoding": {list, EncodingRole}, "itemEncoding": {one, EncodingRole},
	},
	ResponseRole: {
		"headers": {byName, HeaderRole}, "content": {byName, MediaTypeRole}, "links": {byName, LinkRole},
		"schema": {one, SchemaRole},
	},
	HeaderRole: {
		"schema": {one, SchemaRole}, "content": {byName, MediaTypeRole}, "examples": {byName, ExampleRole},
		"items": {one, SchemaRole},
	},
	LinkRole: {"server": {one, ServerRole}},
	SchemaRole: {
		"allOf": {list, SchemaRole}, "oneOf": {list, SchemaRole}, "anyOf": {list, SchemaRole}, "not": {one, SchemaRole},
		"items": {anyShape, SchemaRole}, "prefixItems": {list, SchemaRole}, "contains": {one, SchemaRole},
		"properties": {byName, SchemaRole}, "patternProperties": {byName, SchemaRole},
		"additionalProperties": {one, SchemaRole}, "propertyNames": {one, SchemaRole},
		"unevaluatedItems": {one, SchemaRole}, "unevaluatedProperties": {one, SchemaRole}, "additionalItems": {one, SchemaRole},
		"if": {one, SchemaRole}, "then": {one, SchemaRole}, "else": {one, SchemaRole},
		"dependentSchemas": {byName, SchemaRole}, "$defs": {byName, SchemaRole}, "definitions": {byName, SchemaRole},
		"contentSchema": {one, SchemaRole},
		"discriminator": {one, DiscriminatorRole}, "xml": {one, XMLRole}, "externalDocs": {one, ExternalDocsRole},
	},
	SecuritySchemeRole: {"flows": {one, OAuthFlowsRole}},
	OAuthFlowsRole: {
		"implicit": {one, OAuthFlowRole}, "password": {one, OAuthFlowRole}, "clientCredentials": {one, OAuthFlowRole},
		"authorizationCode": {one, OAuthFlowRole}, "deviceAuthorization": {one, OAuthFlowRole},
	},
	ComponentsRole: {
		"schemas": {byName, SchemaRole}, "responses": {byName, ResponseRole}, "parameters": {byName, ParameterRole},
		"examples": {byName, ExampleRole}, "requestBodies": {byName, RequestBodyRole}, "headers": {byName, HeaderRole},
		"securitySchemes": {byName, SecuritySchemeRole}, "links": {byName, LinkRole}, "callbacks": {byName, CallbackRole},
		"pathItems": {byName, PathItemRole}, "mediaTypes": {byName, MediaTypeRole},
	},
}

// wildcard says what every member of an object of some role is, extensions
// aside, for the roles whose member names are free.
var wildcard = [numRoles]Role{
	PathsRole:     PathItemRole,
	WebhooksRole:  PathItemRole,
	CallbackRole:  PathItemRole,
	ResponsesRole: ResponseRole,
}

// methods are the members of a path item that are operations, in the order
// of the specification.
var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}

func withOperations(m map[string]member) map[string]member {
	for _, name := range methods {
		m[name] = member{one, OperationRole}
	}
	return m
}
