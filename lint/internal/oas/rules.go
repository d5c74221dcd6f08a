// Package oas holds the rules of Spectral's ruleset spectral:oas, each under
// the name that it has there. A rule finds what Spectral's rule finds, at the
// same path.
package oas

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
		infoContact,
		infoDescription,
		infoLicense,
		licenseUrl,
		contactProperties,
		openapiTags,
		openapiTagsUniqueness,
		openapiTagsAlphabetical,
		tagDescription,
		noEvalInMarkdown,
		noScriptTagsInMarkdown,
		pathDeclarationsMustExist,
		pathKeysNoTrailingSlash,
		pathNotIncludeQuery,
		pathParams,
		operationDescription,
		operationOperationId,
		operationOperationIdUnique,
		operationOperationIdValidInUrl,
		operationTags,
		operationTagDefined,
		operationSingularTag,
		operationSuccessResponse,
		operationParameters,
		oas2OperationFormDataConsumeCheck,
		oas2ParameterDescription,
		oas3ParameterDescription,
		arrayItems,
		typedEnum,
		duplicatedEntryInEnum,
		noRefSiblings,
		oas2Discriminator,
		oas2AnyOf,
		oas2OneOf,
		oas32NoDeprecatedXmlAttribute,
		oas2ApiHost,
		oas2ApiSchemes,
		oas2HostNotExample,
		oas2HostTrailingSlash,
		oas3ApiServers,
		oas3ServerNotExampleCom,
		oas3ServerTrailingSlash,
		oas3CallbacksInCallbacks,
		oas31ServersInWebhook,
		oas31CallbacksInWebhook,
		oas3ExamplesValueOrExternalValue,
		oas2UnusedDefinition,
		oas3UnusedComponent,
		oas2OperationSecurityDefined,
		oas3OperationSecurityDefined,
		oas3ServerVariables,
		oas2Schema,
		oas3Schema,
		oas2ValidSchemaExample,
		oas2ValidMediaExample,
		oas3ValidSchemaExample,
		oas3ValidMediaExample,
	}
}
