package lint

// way says what a rule has to look at to find all that it finds in one region
// of a document, besides what stands in no region.
type way uint8

const (
	// acrossRegions is any rule that is not known to be another: what it finds
	// somewhere may depend on everything.
	acrossRegions way = iota
	// throughReferences is a rule whose findings in a region depend on the
	// region, on those that lead to it, and on what those refer to.
	throughReferences
	// firstOfMany is one that is throughReferences but for what several regions
	// share: of that it reports the first place only. Where a region alone has
	// nothing to report, neither has the document because of it.
	firstOfMany
	// inItself is a rule whose findings in a region depend on the region alone.
	inItself
	// firstInItself is what firstOfMany is, without references.
	firstInItself
	// inNames is a rule that looks at the names of regions, never into them.
	inNames
)

// character is what is known of one rule.
type character struct {
	way   way
	blind bool
}

func (c character) references() bool { return c.way == throughReferences || c.way == firstOfMany }
func (c character) first() bool      { return c.way == firstOfMany || c.way == firstInItself }

// ways are those of the rules that do not compare across a document. What a
// rule is must follow from its code: TestSessionAgrees can only find that it
// is not so.
var ways = map[string]way{
	// The problems of a document: a document that has any is not edited live.
	"parser": inItself, "unreadable-document": inItself, "unrecognized-format": inItself,
	"invalid-ref": inItself, "invalid-model": inItself,

	// spectral:oas
	"array-items":                           inItself,
	"contact-properties":                    inItself,
	"duplicated-entry-in-enum":              throughReferences,
	"info-contact":                          inItself,
	"info-description":                      inItself,
	"info-license":                          inItself,
	"license-url":                           inItself,
	"no-eval-in-markdown":                   inItself,
	"no-script-tags-in-markdown":            inItself,
	"no-$ref-siblings":                      inItself,
	"oas2-anyOf":                            throughReferences,
	"oas2-api-host":                         inItself,
	"oas2-api-schemes":                      inItself,
	"oas2-discriminator":                    throughReferences,
	"oas2-host-not-example":                 inItself,
	"oas2-host-trailing-slash":              inItself,
	"oas2-oneOf":                            throughReferences,
	"oas2-operation-formData-consume-check": throughReferences,
	"oas2-operation-security-defined":       throughReferences,
	"oas2-parameter-description":            throughReferences,
	"oas2-schema":                           inItself,
	"oas2-valid-media-example":              throughReferences,
	"oas2-valid-schema-example":             throughReferences,
	"oas3-api-servers":                      inItself,
	"oas3-callbacks-in-callbacks":           throughReferences,
	"oas3-examples-value-or-externalValue":  throughReferences,
	"oas3-operation-security-defined":       throughReferences,
	"oas3-parameter-description":            throughReferences,
	"oas3-schema":                           inItself,
	"oas3-server-not-example.com":           inItself,
	"oas3-server-trailing-slash":            inItself,
	"oas3-server-variables":                 throughReferences,
	"oas3-valid-media-example":              throughReferences,
	"oas3-valid-schema-example":             throughReferences,
	"oas3_1-callbacks-in-webhook":           throughReferences,
	"oas3_1-servers-in-webhook":             throughReferences,
	"oas3_2-no-deprecated-xml-attribute":    throughReferences,
	"openapi-tags":                          inItself,
	"openapi-tags-alphabetical":             inItself,
	"openapi-tags-uniqueness":               inItself,
	"operation-description":                 throughReferences,
	"operation-operationId":                 throughReferences,
	"operation-operationId-valid-in-url":    throughReferences,
	"operation-parameters":                  throughReferences,
	"operation-singular-tag":                throughReferences,
	"operation-success-response":            throughReferences,
	"operation-tag-defined":                 throughReferences,
	"operation-tags":                        throughReferences,
	"path-declarations-must-exist":          inItself,
	"path-keys-no-trailing-slash":           inItself,
	"path-not-include-query":                inItself,
	"path-params":                           throughReferences,
	"tag-description":                       inItself,
	"typed-enum":                            throughReferences,

	// plumb's own
	"collection-pagination":          throughReferences,
	"collection-segment-plural":      inNames,
	"contradictory-bounds":           inItself,
	"date-time-format":               throughReferences,
	"deprecated-operation-headers":   throughReferences,
	"enum-casing-consistent":         inItself,
	"error-problem-details":          firstOfMany,
	"error-response-defined":         throughReferences,
	"get-response-body":              throughReferences,
	"https-only":                     inItself,
	"item-404-response":              throughReferences,
	"media-type-schema":              inItself,
	"no-content-without-body":        firstOfMany,
	"no-credentials-in-query":        inItself,
	"no-empty-path-segments":         inItself,
	"no-insecure-oauth-flows":        inItself,
	"no-internal-hosts":              inItself,
	"no-secret-examples":             firstInItself,
	"no-secrets":                     firstInItself,
	"no-top-level-array":             firstOfMany,
	"no-unexpected-request-body":     throughReferences,
	"no-verbs-in-paths":              inNames,
	"nullable-without-effect":        inItself,
	"operation-security":             throughReferences,
	"operation-summary-length":       throughReferences,
	"path-casing-uniform":            inNames,
	"path-version-uniform":           inNames,
	"problem-details-schema":         firstOfMany,
	"property-description":           throughReferences,
	"rate-limit-429-response":        throughReferences,
	"request-size-bounded":           throughReferences,
	"required-parameter-default":     throughReferences,
	"required-property-defined":      throughReferences,
	"response-example":               firstOfMany,
	"retry-after-header":             firstOfMany,
	"schema-name-casing-uniform":     inNames,
	"secured-operation-401-response": throughReferences,
	"timestamp-integer":              throughReferences,
	"webhook-example-valid":          throughReferences,

	// plumb:owasp
	"owasp-api1-2023-no-numeric-ids":                   throughReferences,
	"owasp-api2-2023-no-credentials-in-url":            inItself,
	"owasp-api2-2023-read-restricted":                  throughReferences,
	"owasp-api3-2023-constrained-additionalProperties": inItself,
	"owasp-api3-2023-no-additionalProperties":          inItself,
	"owasp-api4-2023-array-limit":                      inItself,
	"owasp-api4-2023-integer-format":                   inItself,
	"owasp-api4-2023-integer-limit":                    inItself,
	"owasp-api4-2023-integer-limit-legacy":             inItself,
	"owasp-api4-2023-rate-limit":                       throughReferences,
	"owasp-api4-2023-rate-limit-responses-429":         throughReferences,
	"owasp-api4-2023-rate-limit-retry-after":           throughReferences,
	"owasp-api4-2023-string-limit":                     inItself,
	"owasp-api4-2023-string-restricted":                inItself,
	"owasp-api8-2023-define-error-responses-401":       throughReferences,
	"owasp-api8-2023-define-error-responses-500":       throughReferences,
	"owasp-api8-2023-define-error-validation":          throughReferences,
	"owasp-api9-2023-inventory-access":                 inItself,
	"owasp-api9-2023-inventory-environment":            inItself,
}

// blind are the rules that do not look at what a summary or a description
// says.
var blind = map[string]bool{
	"duplicated-entry-in-enum": true, "typed-enum": true,
	"oas2-valid-media-example": true, "oas2-valid-schema-example": true, "oas2-unused-definition": true,
	"oas3-valid-media-example": true, "oas3-valid-schema-example": true, "oas3-unused-component": true,
	"oas3-examples-value-or-externalValue": true, "oas3-callbacks-in-callbacks": true,
	"oas3-operation-security-defined": true, "oas3-server-variables": true,
	"operation-operationId": true, "operation-operationId-unique": true, "operation-operationId-valid-in-url": true,
	"operation-parameters": true, "operation-singular-tag": true, "operation-success-response": true,
	"operation-tag-defined": true, "operation-tags": true, "path-params": true,

	"collection-pagination": true, "create-201-response": true, "deprecated-operation-headers": true,
	"enum-casing-uniform": true, "error-problem-details": true, "error-response-defined": true, "error-schema-uniform": true,
	"get-response-body": true, "id-type-uniform": true, "item-404-response": true, "no-ambiguous-routes": true,
	"no-content-without-body": true, "no-top-level-array": true, "no-unexpected-request-body": true,
	"operation-id-casing-uniform": true, "operation-security": true, "pagination-uniform": true,
	"parameter-casing-uniform": true, "parameter-type-uniform": true, "path-version-uniform": true,
	"problem-details-schema": true, "property-casing-uniform": true, "property-type-uniform": true,
	"rate-limit-429-response": true, "rate-limit-headers-uniform": true, "request-size-bounded": true,
	"required-parameter-default": true, "required-property-defined": true, "response-example": true,
	"retry-after-header": true, "schema-name-casing-uniform": true, "secured-operation-401-response": true,
	"success-not-error-schema": true, "timestamp-integer": true, "webhook-example-valid": true,
	"write-operation-security": true,
}
