// Package guide holds plumb's own rules over OpenAPI descriptions: what an
// API working group asks of every endpoint, beyond what the specification
// and spectral:oas demand.
//
// Many of them ask for uniformity. They count what the description does at
// every place where it has a choice, and report the few places that differ
// from nearly all others; where an API has no habit they are silent.
package guide

import (
	"embed"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Testdata holds one archive of test cases for each rule, testdata/ID.txtar.
// The first ones are the examples on the rule's page.
//
//go:embed all:testdata
var Testdata embed.FS

type (
	rule = check.Rule[*openapi.Document]
	pass = check.Pass[*openapi.Document]
)

// Rules returns the rules of the package, in the order in which they are
// documented.
func Rules() check.Set[*openapi.Document] {
	return check.Set[*openapi.Document]{
		collectionPagination, paginationUniform,
		errorResponseDefined, errorSchemaUniform, errorProblemDetails, problemDetailsSchema, securedOperation401Response, item404Response, successNotErrorSchema,
		rateLimit429Response, rateLimitHeadersUniform, retryAfterHeader, deprecatedOperationHeaders,
		getResponseBody, mediaTypeSchema, create201Response, noContentWithoutBody, noTopLevelArray, responseExample,
		noUnexpectedRequestBody, requestSizeBounded, requiredParameterDefault, idTypeUniform, parameterTypeUniform, propertyTypeUniform,
		dateTimeFormat, timestampUniform, timestampInteger,
		requiredPropertyDefined, nullableWithoutEffect, contradictoryBounds, propertyDescription,
		propertyCasingUniform, parameterCasingUniform, pathCasingUniform, operationIDCasingUniform, schemaNameCasingUniform, enumCasingConsistent, enumCasingUniform,
		noAmbiguousRoutes, noEmptyPathSegments, pathVersionUniform, noVerbsInPaths, collectionSegmentPlural,
		operationSummaryLength,
		writeOperationSecurity, operationSecurity, httpsOnly, noCredentialsInQuery, noInsecureOAuthFlows, noSecrets, noSecretExamples, noInternalHosts,
		webhookPayloadObject, webhookSuccessResponse, webhookDiscriminator, webhookSignatureDocumented, webhookDeliveryID, webhookRetryDocumented, webhookExampleValid, webhookNamingUniform,
	}
}
