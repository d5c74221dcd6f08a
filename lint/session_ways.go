package lint

import "github.com/plumbapi/plumb/openapi"

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
	// besideSchemas is one that is throughReferences, but that never looks at what
	// a reference in the place of a schema leads to.
	besideSchemas
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
	blind sight // for edits of what kinds its findings stay
	names bool  // byName
}

// byName are rules that compare the names of regions besides, or whose fixes give
// a region another name.
var byName = map[string]bool{
	"path-params": true, "path-keys-no-trailing-slash": true, "no-empty-path-segments": true,
	"oas2-schema": true, "oas3-schema": true, // which names a map may have
}

func (c character) references() bool { return c.way == throughReferences || c.way == firstOfMany }
func (c character) first() bool      { return c.way == firstOfMany || c.way == firstInItself }

// ways are those of the rules that do not compare across a document. What a
// rule is must follow from its code: TestSessionAgrees can only find that it
// is not so.
var ways = map[string]way{
	// The problems of a document: one that has other problems than keys that are no
	// strings (parser) is not edited live.
	"unreadable-document": inItself, "unrecognized-format": inItself,
	"invalid-ref": inItself, "invalid-model": inItself,

	// spectral:oas
	"array-items":                           inItself,
	"contact-properties":                    inItself,
	"duplicated-entry-in-enum":              besideSchemas,
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
	"oas2-operation-formData-consume-check": besideSchemas,
	"oas2-operation-security-defined":       besideSchemas,
	"oas2-parameter-description":            throughReferences,
	"oas2-schema":                           inItself,
	"oas2-valid-media-example":              throughReferences,
	"oas2-valid-schema-example":             throughReferences,
	"oas3-api-servers":                      inItself,
	"oas3-callbacks-in-callbacks":           throughReferences,
	"oas3-examples-value-or-externalValue":  throughReferences,
	"oas3-operation-security-defined":       besideSchemas,
	"oas3-parameter-description":            besideSchemas,
	"oas3-schema":                           inItself,
	"oas3-server-not-example.com":           inItself,
	"oas3-server-trailing-slash":            inItself,
	"oas3-server-variables":                 besideSchemas,
	"oas3-valid-media-example":              throughReferences,
	"oas3-valid-schema-example":             throughReferences,
	"oas3_1-callbacks-in-webhook":           throughReferences,
	"oas3_1-servers-in-webhook":             throughReferences,
	"oas3_2-no-deprecated-xml-attribute":    throughReferences,
	"openapi-tags":                          inItself,
	"openapi-tags-alphabetical":             inItself,
	"openapi-tags-uniqueness":               inItself,
	"operation-description":                 besideSchemas,
	"operation-operationId":                 besideSchemas,
	"operation-parameters":                  besideSchemas,
	"operation-singular-tag":                besideSchemas,
	"operation-success-response":            besideSchemas,
	"operation-tags":                        besideSchemas,
	"path-declarations-must-exist":          inItself,
	"path-keys-no-trailing-slash":           inItself,
	"path-not-include-query":                inItself,
	"path-params":                           besideSchemas,
	"tag-description":                       inItself,
	"typed-enum":                            besideSchemas,

	// plumb's own
	"collection-pagination":          throughReferences,
	"collection-segment-plural":      inNames,
	"contradictory-bounds":           inItself,
	"date-time-format":               throughReferences,
	"deprecated-operation-headers":   besideSchemas,
	"enum-casing-consistent":         inItself,
	"error-problem-details":          firstOfMany,
	"error-response-defined":         besideSchemas,
	"get-response-body":              throughReferences,
	"https-only":                     inItself,
	"item-404-response":              besideSchemas,
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
	"operation-security":             besideSchemas,
	"operation-summary-length":       besideSchemas,
	"path-casing-uniform":            inNames,
	"path-version-uniform":           inNames,
	"problem-details-schema":         firstOfMany,
	"property-description":           throughReferences,
	"rate-limit-429-response":        besideSchemas,
	"request-size-bounded":           throughReferences,
	"required-parameter-default":     throughReferences,
	"response-example":               firstOfMany,
	"retry-after-header":             firstOfMany,
	"schema-name-casing-uniform":     inNames,
	"secured-operation-401-response": besideSchemas,
	"timestamp-integer":              throughReferences,
	"webhook-example-valid":          throughReferences,

	// plumb:owasp
	"owasp-api1-2023-no-numeric-ids":                    throughReferences,
	"owasp-api2-2023-no-credentials-in-url":             inItself,
	"owasp-api2-2023-read-restricted":                   besideSchemas,
	"owasp-api3-2023-constrained-additional-properties": inItself,
	"owasp-api3-2023-no-additional-properties":          inItself,
	"owasp-api4-2023-array-limit":                       inItself,
	"owasp-api4-2023-integer-format":                    inItself,
	"owasp-api4-2023-integer-limit":                     inItself,
	"owasp-api4-2023-integer-limit-legacy":              inItself,
	"owasp-api4-2023-rate-limit":                        besideSchemas,
	"owasp-api4-2023-rate-limit-responses-429":          besideSchemas,
	"owasp-api4-2023-rate-limit-retry-after":            besideSchemas,
	"owasp-api4-2023-string-limit":                      inItself,
	"owasp-api4-2023-string-restricted":                 inItself,
	"owasp-api8-2023-define-error-responses-401":        besideSchemas,
	"owasp-api8-2023-define-error-responses-500":        besideSchemas,
	"owasp-api8-2023-define-error-validation":           besideSchemas,
	"owasp-api9-2023-inventory-access":                  inItself,
	"owasp-api9-2023-inventory-environment":             inItself,
}

// sight are kinds of edits.
type sight uint8

const (
	// ofProse is an edit of one summary or description.
	ofProse sight = 1 << iota
	// outsideSchemas is an edit of one scalar that stands in no schema.
	outsideSchemas
	// ofScalar is an edit of one scalar.
	ofScalar
	// withSameReferences is an edit that leaves all references as they are.
	withSameReferences
)

// changed returns the kinds that an edit is of.
func changed(e *openapi.Edit) sight {
	var s sight
	if e.Prose() {
		s |= ofProse
	}
	if e.OutsideSchemas() {
		s |= outsideSchemas
	}
	if e.Scalar() {
		s |= ofScalar
	}
	if e.SameReferences() {
		s |= withSameReferences
	}
	return s
}

// blind says of rules after what kinds of edits their findings are the same:
// they do not look at what was edited.
var blind = map[string]sight{
	"duplicated-entry-in-enum":             ofProse,
	"typed-enum":                           ofProse,
	"oas2-valid-media-example":             ofProse,
	"oas2-valid-schema-example":            ofProse,
	"oas2-unused-definition":               withSameReferences,
	"oas3-valid-media-example":             ofProse,
	"oas3-valid-schema-example":            ofProse,
	"oas3-unused-component":                withSameReferences,
	"oas3-examples-value-or-externalValue": ofProse,
	"oas3-callbacks-in-callbacks":          ofProse,
	"oas3-operation-security-defined":      ofProse,
	"oas3-server-variables":                ofProse,
	"operation-operationId":                ofProse,
	"operation-operationId-unique":         ofProse,
	"operation-operationId-valid-in-url":   ofProse,
	"operation-parameters":                 ofProse,
	"operation-singular-tag":               ofProse,
	"operation-success-response":           ofProse,
	"operation-tags":                       ofProse,
	"path-params":                          ofProse,
	"collection-pagination":                ofProse,
	"create-201-response":                  ofProse,
	"deprecated-operation-headers":         ofProse,
	"enum-casing-uniform":                  ofProse,
	"error-problem-details":                ofProse,
	"error-response-defined":               ofProse,
	"error-schema-uniform":                 ofProse,
	"get-response-body":                    ofProse,
	"id-type-uniform":                      ofProse,
	"item-404-response":                    ofProse,
	"no-ambiguous-routes":                  ofProse,
	"no-content-without-body":              ofProse,
	"no-top-level-array":                   ofProse,
	"no-unexpected-request-body":           ofProse,
	"operation-id-casing-uniform":          ofProse,
	"operation-security":                   ofProse,
	"pagination-uniform":                   ofProse,
	"parameter-casing-uniform":             ofProse,
	"parameter-type-uniform":               ofProse,
	"path-version-uniform":                 ofProse,
	"problem-details-schema":               ofProse,
	"property-casing-uniform":              ofProse | outsideSchemas | ofScalar,
	"property-type-uniform":                ofProse | outsideSchemas,
	"rate-limit-429-response":              ofProse,
	"rate-limit-headers-uniform":           ofProse,
	"request-size-bounded":                 ofProse,
	"required-parameter-default":           ofProse,
	"required-property-defined":            ofProse,
	"response-example":                     ofProse,
	"retry-after-header":                   ofProse,
	"schema-name-casing-uniform":           ofProse,
	"secured-operation-401-response":       ofProse,
	"success-not-error-schema":             ofProse,
	"timestamp-integer":                    ofProse | outsideSchemas,
	"webhook-example-valid":                ofProse,
	"write-operation-security":             ofProse,
	"timestamp-uniform":                    outsideSchemas,
}
