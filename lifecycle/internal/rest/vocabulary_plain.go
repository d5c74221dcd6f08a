package rest

// plain is something that can happen to what is no schema, or to a property as
// a member of its object, and so has one name only.
type plain uint8

// The plain verbs.
const (
	requestPropertyRemoved plain = iota
	requestPropertyRemovedDeprecated
	requestPropertyRemovedEarly
	newRequiredRequestProperty
	newRequiredRequestPropertyDefault
	newOptionalRequestProperty
	newRequiredHeaderProperty
	responseOptionalRemoved
	responseOptionalWriteOnlyRemoved
	responseOptionalAdded
	responseOptionalWriteOnlyAdded
	responseRequiredRemoved
	responseRequiredRemovedDeprecated
	responseRequiredRemovedEarly
	responseRequiredWriteOnlyRemoved
	responseRequiredAdded
	responseRequiredWriteOnlyAdded

	requestOptionalNotWriteOnly
	requestOptionalWriteOnly
	requestOptionalReadOnly
	requestOptionalNotReadOnly
	requestRequiredNotWriteOnly
	requestRequiredWriteOnly
	requestRequiredReadOnly
	requestRequiredNotReadOnly
	requestRequiredNotReadOnly31
	responseOptionalNotWriteOnly
	responseOptionalWriteOnly
	responseOptionalReadOnly
	responseOptionalNotReadOnly
	responseRequiredNotWriteOnly
	responseRequiredWriteOnly
	responseRequiredReadOnly
	responseRequiredNotReadOnly

	endpointAdded
	pathRemoved
	pathRemovedDeprecated
	pathRemovedEarly
	pathSunsetParse
	operationRemoved
	operationRemovedDeprecated
	operationRemovedEarly
	operationIDRemoved
	operationIDAdded
	tagRemoved
	tagAdded
	endpointReactivated
	endpointDeprecated
	endpointDeprecatedSunset
	endpointSunsetParse
	endpointSunsetMissing
	endpointSunsetTooSmall
	endpointSunsetDeleted
	endpointSunsetMoved
	endpointInvalidStability
	endpointStabilityDecreased
	endpointStabilityIncreased

	parameterAddedRequired
	parameterAddedOptional
	parameterAddedPath
	parameterAddedSharedRequired
	parameterAddedSharedOptional
	parameterRemoved
	parameterRemovedDeprecated
	parameterRemovedEarly
	parameterRequired
	parameterOptional
	parameterReactivated
	parameterDeprecated
	parameterSunsetMissing
	parameterSunsetTooSmall
	parameterSunsetDeleted
	parameterSunsetMoved
	parameterSunsetParse
	parameterMediaTypeAdded
	parameterMediaTypeRemoved

	bodyAddedRequired
	bodyAddedOptional
	bodyRemoved
	bodyRequired
	bodyOptional
	requestMediaTypeAdded
	requestMediaTypeRemoved
	requestSchemaAdded
	requestSchemaRemoved
	requestItemSchemaAdded
	requestItemSchemaRemoved

	responseSchemaAdded
	responseSchemaRemoved
	responseItemSchemaAdded
	responseItemSchemaRemoved
	responseItemSchemaRemovedUntyped
	responseMediaTypeRemoved
	responseMediaTypeAdded
	mediaTypeNameChanged
	mediaTypeParameterAdded
	mediaTypeParameterRemoved
	mediaTypeParameterChanged
	mediaTypeGeneralized
	mediaTypeSpecialized
	successRemoved
	successAdded
	failureRemoved
	failureAdded

	headerRemovedRequired
	headerRemovedOptional
	headerAdded
	headerOptional
	headerMediaTypeAdded
	headerMediaTypeRemoved

	securityRemoved
	securityAdded
	securityScopeAdded
	securityScopeRemoved
	globalSecurityRemoved
	globalSecurityAdded
	globalSecurityScopeAdded
	globalSecurityScopeRemoved
	anonymousRemoved
	anonymousAdded
	schemeRemoved
	schemeAdded
	schemeType
	schemeKeyName
	schemeKeyIn
	schemeHTTP
	schemeBearerFormat
	schemeOpenID
	flowAuthorizationURL
	flowTokenURL
	flowRefreshURL
	flowScopeAdded
	flowScopeRemoved
	flowScopeChanged

	versionNotBumped
	versionDecreased
	majorNotBumped
	schemaRemoved
	webhookAdded
	webhookRemoved
	callbackAdded
	callbackRemoved
	otherVerbs
)

// row is a row of the table of plain verbs.
type row struct {
	id        string
	direction Direction
	effect    Effect
	kind      Kind
	says      string
	where     string
	// negotiated is for what a client chooses or relies on: its going breaks
	// it, whoever sends it.
	negotiated bool
	own        bool
}

func (r *row) entry() Entry {
	judged := r.direction
	if r.negotiated {
		judged = Request
	}
	return Entry{
		ID: r.id, Level: levelOf(r.effect, judged), Direction: r.direction, Kind: r.kind, Effect: r.effect,
		Says: r.says, Where: r.where, Own: r.own,
	}
}

func plainTable() []row {
	list := make([]row, 0, otherVerbs)
	for _, part := range [][]row{memberRows, operationRows, parameterRows, bodyRows, responseRows, securityRows, documentRows} {
		list = append(list, part...)
	}
	return list
}

// memberRows are about properties as members of their object.
var memberRows = []row{
	{id: "request-property-removed", direction: Request, effect: Unknown, kind: Existence, where: "request property", says: "was removed"},
	{id: "request-property-removed-with-deprecation", direction: Request, kind: Existence, where: "request property", says: "was removed, as its deprecation had said"},
	{id: "request-property-removed-before-sunset", direction: Request, effect: Violation, kind: Existence, where: "request property", says: "was removed before its sunset %from"},
	{id: "new-required-request-property", direction: Request, effect: Narrows, kind: Existence, where: "request property", says: "was added and is required"},
	{id: "new-required-request-property-with-default", direction: Request, effect: Narrows, kind: Existence, where: "request property", says: "was added and is required, though it has a default"},
	{id: "new-optional-request-property", direction: Request, kind: Existence, where: "request property", says: "was added"},
	{id: "new-required-request-header-property", direction: Request, effect: Narrows, kind: Existence, where: "property in a request header", says: "was added and is required"},
	{id: "response-optional-property-removed", direction: Response, kind: Existence, where: "response property", says: "was removed; it was optional"},
	{id: "response-optional-write-only-property-removed", direction: Response, kind: Existence, where: "response property", says: "was removed; it was write-only"},
	{id: "response-optional-property-added", direction: Response, kind: Existence, where: "response property", says: "was added"},
	{id: "response-optional-write-only-property-added", direction: Response, kind: Existence, where: "response property", says: "was added as write-only"},
	{id: "response-required-property-removed", direction: Response, effect: Widens, kind: Existence, where: "response property", says: "was removed; it was always sent"},
	{id: "response-required-property-removed-with-deprecation", direction: Response, kind: Existence, where: "response property", says: "was removed, as its deprecation had said"},
	{id: "response-required-property-removed-before-sunset", direction: Response, effect: Violation, kind: Existence, where: "response property", says: "was removed before its sunset %from"},
	{id: "response-required-write-only-property-removed", direction: Response, kind: Existence, where: "response property", says: "was removed; it was write-only"},
	{id: "response-required-property-added", direction: Response, effect: Narrows, kind: Existence, where: "response property", says: "was added and is always sent"},
	{id: "response-required-write-only-property-added", direction: Response, kind: Existence, where: "response property", says: "was added as write-only"},

	{id: "request-optional-property-became-not-write-only", direction: Request, kind: Mutability, where: "request property", says: "is not write-only any more"},
	{id: "request-optional-property-became-write-only", direction: Request, kind: Mutability, where: "request property", says: "became write-only"},
	{id: "request-optional-property-became-read-only", direction: Request, effect: Unknown, kind: Mutability, where: "request property", says: "became read-only"},
	{id: "request-optional-property-became-not-read-only", direction: Request, effect: Widens, kind: Mutability, where: "request property", says: "is not read-only any more"},
	{id: "request-required-property-became-not-write-only", direction: Request, kind: Mutability, where: "request property", says: "is not write-only any more"},
	{id: "request-required-property-became-write-only", direction: Request, kind: Mutability, where: "request property", says: "became write-only"},
	{id: "request-required-property-became-read-only", direction: Request, effect: Unknown, kind: Mutability, where: "request property", says: "became read-only"},
	{id: "request-required-property-became-not-read-only", direction: Request, effect: Narrows, kind: Mutability, where: "request property", says: "is not read-only any more and must be sent"},
	{id: "request-required-property-became-not-read-only-in-openapi-31", direction: Request, kind: Mutability, where: "request property", says: "is not read-only any more; OpenAPI 3.1 had it sent already"},
	{id: "response-optional-property-became-not-write-only", direction: Response, kind: Mutability, where: "response property", says: "is not write-only any more"},
	{id: "response-optional-property-became-write-only", direction: Response, kind: Mutability, where: "response property", says: "became write-only"},
	{id: "response-optional-property-became-read-only", direction: Response, kind: Mutability, where: "response property", says: "became read-only"},
	{id: "response-optional-property-became-not-read-only", direction: Response, kind: Mutability, where: "response property", says: "is not read-only any more"},
	{id: "response-required-property-became-not-write-only", direction: Response, effect: Narrows, kind: Mutability, where: "response property", says: "is not write-only any more and is always sent"},
	{id: "response-required-property-became-write-only", direction: Response, effect: Widens, kind: Mutability, where: "response property", says: "became write-only; it was always sent"},
	{id: "response-required-property-became-read-only", direction: Response, kind: Mutability, where: "response property", says: "became read-only"},
	{id: "response-required-property-became-not-read-only", direction: Response, kind: Mutability, where: "response property", says: "is not read-only any more"},
}

var operationRows = []row{
	{id: "endpoint-added", effect: Widens, kind: Existence, where: "operation", says: "was added"},
	{id: "api-path-removed-without-deprecation", effect: Narrows, kind: Existence, where: "operation", says: "was removed with its path and had not been deprecated"},
	{id: "api-path-removed-with-deprecation", kind: Existence, where: "operation", says: "was removed with its path, as its deprecation had said"},
	{id: "api-path-removed-before-sunset", effect: Violation, kind: Existence, where: "operation", says: "was removed with its path before its sunset %from"},
	{id: "api-path-sunset-parse", effect: Violation, kind: Life, where: "operation", says: "has the sunset %from, which is no date"},
	{id: "api-removed-without-deprecation", effect: Narrows, kind: Existence, where: "operation", says: "was removed and had not been deprecated"},
	{id: "api-removed-with-deprecation", kind: Existence, where: "operation", says: "was removed, as its deprecation had said"},
	{id: "api-removed-before-sunset", effect: Violation, kind: Existence, where: "operation", says: "was removed before its sunset %from"},
	{id: "api-operation-id-removed", kind: Existence, where: "operation", says: "operationId changed from %from to %to"},
	{id: "api-operation-id-added", kind: Existence, where: "operation", says: "got the operationId %to"},
	{id: "api-tag-removed", kind: Existence, where: "operation", says: "lost the tag %key"},
	{id: "api-tag-added", kind: Existence, where: "operation", says: "got the tag %key"},
	{id: "endpoint-reactivated", kind: Life, where: "operation", says: "is not deprecated any more"},
	{id: "endpoint-deprecated", kind: Life, where: "operation", says: "was deprecated"},
	{id: "endpoint-deprecated-with-sunset", kind: Life, where: "operation", says: "was deprecated, sunset %to"},
	{id: "api-deprecated-sunset-parse", effect: Violation, kind: Life, where: "operation", says: "was deprecated with the sunset %to, which is no date"},
	{id: "api-deprecated-sunset-missing", effect: Violation, kind: Life, where: "operation", says: "was deprecated without a sunset date"},
	{id: "api-sunset-date-too-small", effect: Violation, kind: Life, where: "operation", says: "was deprecated with the sunset %to, which is too soon"},
	{id: "sunset-deleted", effect: Violation, kind: Life, where: "operation", says: "lost its sunset %from"},
	{id: "api-sunset-date-changed-too-small", effect: Violation, kind: Life, where: "operation", says: "sunset moved forward from %from to %to"},
	{id: "api-invalid-stability-level", effect: Violation, kind: Life, where: "operation", says: "has the stability level %key, which is none"},
	{id: "api-stability-decreased", effect: Violation, kind: Life, where: "operation", says: "stability went down from %from to %to"},
	{id: "api-stability-increased", kind: Life, where: "operation", says: "stability went up from %from to %to"},
}

var parameterRows = []row{
	{id: "new-required-request-parameter", direction: Request, effect: Narrows, kind: Existence, where: "request parameter", says: "was added and is required"},
	{id: "new-optional-request-parameter", direction: Request, kind: Existence, where: "request parameter", says: "was added"},
	{id: "new-request-path-parameter", direction: Request, effect: Narrows, kind: Existence, where: "path parameter", says: "was added"},
	{id: "new-required-request-default-parameter-to-existing-path", direction: Request, effect: Narrows, kind: Existence, where: "parameter of a path", says: "was added for all operations of the path and is required"},
	{id: "new-optional-request-default-parameter-to-existing-path", direction: Request, kind: Existence, where: "parameter of a path", says: "was added for all operations of the path"},
	{id: "request-parameter-removed", direction: Request, effect: Unknown, kind: Existence, where: "request parameter", says: "was removed"},
	{id: "request-parameter-removed-with-deprecation", direction: Request, kind: Existence, where: "request parameter", says: "was removed, as its deprecation had said"},
	{id: "request-parameter-removed-before-sunset", direction: Request, effect: Violation, kind: Existence, where: "request parameter", says: "was removed before its sunset %from"},
	{id: "request-parameter-became-required", direction: Request, effect: Narrows, kind: Requiredness, where: "request parameter", says: "became required"},
	{id: "request-parameter-became-optional", direction: Request, effect: Widens, kind: Requiredness, where: "request parameter", says: "became optional"},
	{id: "request-parameter-reactivated", direction: Request, kind: Life, where: "request parameter", says: "is not deprecated any more"},
	{id: "request-parameter-deprecated", direction: Request, kind: Life, where: "request parameter", says: "was deprecated"},
	{id: "request-parameter-deprecated-sunset-missing", direction: Request, effect: Violation, kind: Life, where: "request parameter", says: "was deprecated without a sunset date"},
	{id: "request-parameter-sunset-date-too-small", direction: Request, effect: Violation, kind: Life, where: "request parameter", says: "was deprecated with the sunset %to, which is too soon"},
	{id: "request-parameter-sunset-deleted", direction: Request, effect: Violation, kind: Life, where: "request parameter", says: "lost its sunset %from"},
	{id: "request-parameter-sunset-date-changed-too-small", direction: Request, effect: Violation, kind: Life, where: "request parameter", says: "sunset moved forward from %from to %to"},
	{id: "request-parameter-sunset-parse", direction: Request, effect: Violation, kind: Life, where: "request parameter", says: "has the sunset %key, which is no date"},
	{id: "request-parameter-media-type-added", direction: Request, effect: Widens, kind: Existence, where: "request parameter", says: "may be written as %key too", own: true},
	{id: "request-parameter-media-type-removed", direction: Request, effect: Narrows, kind: Existence, where: "request parameter", says: "may not be written as %key any more", own: true},
}

var bodyRows = []row{
	{id: "request-body-added-required", direction: Request, effect: Narrows, kind: Existence, where: "request body", says: "was added and is required"},
	{id: "request-body-added-optional", direction: Request, kind: Existence, where: "request body", says: "was added"},
	{id: "request-body-removed", direction: Request, effect: Narrows, kind: Existence, where: "request body", says: "was removed"},
	{id: "request-body-became-required", direction: Request, effect: Narrows, kind: Requiredness, where: "request body", says: "became required"},
	{id: "request-body-became-optional", direction: Request, effect: Widens, kind: Requiredness, where: "request body", says: "became optional"},
	{id: "request-body-media-type-added", direction: Request, effect: Widens, kind: Existence, where: "request body", says: "may be %key too"},
	{id: "request-body-media-type-removed", direction: Request, effect: Narrows, kind: Existence, where: "request body", says: "may not be %key any more"},
	{id: "request-body-media-type-schema-added", direction: Request, effect: Narrows, kind: Existence, where: "request body", says: "%key got a schema"},
	{id: "request-body-media-type-schema-removed", direction: Request, effect: Widens, kind: Existence, where: "request body", says: "%key lost its schema"},
	{id: "request-body-media-type-item-schema-added", direction: Request, effect: Narrows, kind: Existence, where: "request body", says: "%key got a schema of its items"},
	{id: "request-body-media-type-item-schema-removed", direction: Request, effect: Widens, kind: Existence, where: "request body", says: "%key lost the schema of its items"},
}

var responseRows = []row{
	{id: "response-body-media-type-schema-added", direction: Response, effect: Narrows, kind: Existence, where: "response body", says: "%key got a schema"},
	{id: "response-body-media-type-schema-removed", direction: Response, effect: Widens, kind: Existence, where: "response body", says: "%key lost its schema"},
	{id: "response-body-media-type-item-schema-added", direction: Response, effect: Narrows, kind: Existence, where: "response body", says: "%key got a schema of its items"},
	{id: "response-body-media-type-item-schema-removed", direction: Response, effect: Widens, kind: Existence, where: "response body", says: "%key lost the schema of its items"},
	{id: "response-body-media-type-item-schema-removed-untyped", direction: Response, effect: Widens, kind: Existence, where: "response body", says: "%key lost the schema of its items and has no other"},
	{id: "response-media-type-removed", direction: Response, effect: Narrows, kind: Existence, where: "response", negotiated: true, says: "is not sent as %key any more"},
	{id: "response-media-type-added", direction: Response, effect: Widens, kind: Existence, where: "response", negotiated: true, says: "may be sent as %key too"},
	{id: "response-media-type-name-changed", direction: Response, effect: Unknown, kind: Type, where: "response", says: "media type changed from %from to %to"},
	{id: "response-media-type-parameter-added", direction: Response, effect: Narrows, kind: Type, where: "response", says: "media type got the parameter %key"},
	{id: "response-media-type-parameter-removed", direction: Response, effect: Widens, kind: Type, where: "response", says: "media type lost the parameter %key"},
	{id: "response-media-type-parameter-changed", direction: Response, effect: Incomparable, kind: Type, where: "response", says: "parameter %key of the media type changed from %from to %to"},
	{id: "response-media-type-name-generalized", direction: Response, effect: Widens, kind: Type, where: "response", says: "media type widened from %from to %to"},
	{id: "response-media-type-name-specialized", direction: Response, effect: Narrows, kind: Type, where: "response", says: "media type narrowed from %from to %to"},
	{id: "response-success-status-removed", direction: Response, effect: Narrows, kind: Existence, where: "response", negotiated: true, says: "status %key was removed"},
	{id: "response-success-status-added", direction: Response, effect: Widens, kind: Existence, where: "response", negotiated: true, says: "status %key was added"},
	{id: "response-non-success-status-removed", direction: Response, kind: Existence, where: "response", says: "status %key was removed"},
	{id: "response-non-success-status-added", direction: Response, kind: Existence, where: "response", says: "status %key was added"},

	{id: "required-response-header-removed", direction: Response, effect: Narrows, kind: Existence, where: "response header", negotiated: true, says: "was removed; it was always sent"},
	{id: "optional-response-header-removed", direction: Response, kind: Existence, where: "response header", says: "was removed; it was optional"},
	{id: "response-header-added", direction: Response, effect: Widens, kind: Existence, where: "response header", negotiated: true, says: "was added"},
	{id: "response-header-became-optional", direction: Response, effect: Widens, kind: Requiredness, where: "response header", says: "became optional"},
	{id: "response-header-media-type-added", direction: Response, effect: Widens, kind: Existence, where: "response header", says: "may be written as %key too", own: true},
	{id: "response-header-media-type-removed", direction: Response, effect: Narrows, kind: Existence, where: "response header", negotiated: true, says: "is not written as %key any more", own: true},
}

var securityRows = []row{
	{id: "api-security-removed", effect: Narrows, kind: Existence, where: "operation", says: "does not accept %key any more"},
	{id: "api-security-added", effect: Widens, kind: Existence, where: "operation", says: "accepts %key too"},
	{id: "api-security-scope-added", effect: Narrows, kind: Existence, where: "operation", says: "asks for the scope %key of %to now"},
	{id: "api-security-scope-removed", effect: Widens, kind: Existence, where: "operation", says: "does not ask for the scope %key of %from any more"},
	{id: "api-global-security-removed", effect: Narrows, kind: Existence, where: "document", says: "does not accept %key any more, though no operation inherits it"},
	{id: "api-global-security-added", effect: Widens, kind: Existence, where: "document", says: "accepts %key too, though no operation inherits it"},
	{id: "api-global-security-scope-added", effect: Narrows, kind: Existence, where: "document", says: "asks for the scope %key of %to now, though no operation inherits it"},
	{id: "api-global-security-scope-removed", effect: Widens, kind: Existence, where: "document", says: "does not ask for the scope %key of %from any more, though no operation inherits it"},
	{id: "api-security-anonymous-access-removed", effect: Narrows, kind: Existence, where: "operation", says: "cannot be called without credentials any more"},
	{id: "api-security-anonymous-access-added", effect: Widens, kind: Existence, where: "operation", says: "can be called without credentials now"},
	{id: "api-security-component-removed", kind: Existence, where: "security scheme", says: "was removed"},
	{id: "api-security-component-added", kind: Existence, where: "security scheme", says: "was added"},
	{id: "api-security-component-type-changed", effect: Incomparable, kind: Type, where: "security scheme", says: "type changed from %from to %to"},
	{id: "api-security-component-api-key-name-changed", effect: Incomparable, kind: Type, where: "security scheme", says: "name of the key changed from %from to %to"},
	{id: "api-security-component-api-key-in-changed", effect: Incomparable, kind: Type, where: "security scheme", says: "place of the key changed from %from to %to"},
	{id: "api-security-component-http-scheme-changed", effect: Incomparable, kind: Type, where: "security scheme", says: "HTTP scheme changed from %from to %to"},
	{id: "api-security-component-bearer-format-changed", kind: Type, where: "security scheme", says: "bearer format changed from %from to %to"},
	{id: "api-security-component-openid-connect-url-changed", effect: Unknown, kind: Type, where: "security scheme", says: "OpenID Connect URL changed from %from to %to"},
	{id: "api-security-component-oauth-url-changed", effect: Unknown, kind: Type, where: "OAuth flow", says: "authorization URL changed from %from to %to"},
	{id: "api-security-component-oauth-token-url-changed", effect: Unknown, kind: Type, where: "OAuth flow", says: "token URL changed from %from to %to"},
	{id: "api-security-component-oauth-refresh-url-changed", effect: Unknown, kind: Type, where: "OAuth flow", says: "refresh URL changed from %from to %to"},
	{id: "api-security-component-oauth-scope-added", kind: Existence, where: "OAuth flow", says: "got the scope %key"},
	{id: "api-security-component-oauth-scope-removed", kind: Existence, where: "OAuth flow", says: "lost the scope %key"},
	{id: "api-security-component-oauth-scope-changed", kind: Type, where: "OAuth flow", says: "description of the scope %key changed"},
}

var documentRows = []row{
	{id: "api-version-not-bumped", kind: Life, where: "version of the API", says: "is still %to, though there are breaking changes"},
	{id: "api-version-decreased", kind: Life, where: "version of the API", says: "went back from %from to %to"},
	{id: "api-major-version-not-bumped", kind: Life, where: "version of the API", says: "went from %from to %to, though there are breaking changes"},
	{id: "api-schema-removed", kind: Existence, where: "schema of the components", says: "was removed"},
	{id: "webhook-added", effect: Widens, kind: Existence, where: "webhook", says: "was added"},
	{id: "webhook-removed", effect: Narrows, kind: Existence, where: "webhook", says: "was removed"},
	{id: "callback-added", effect: Widens, kind: Existence, where: "callback", says: "was added", own: true},
	{id: "callback-removed", effect: Narrows, kind: Existence, where: "callback", says: "was removed", own: true},
}
