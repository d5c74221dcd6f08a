package spectral

import (
	"fmt"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/openapi"
)

// vacuum reads rulesets of the same format. Its rulesets vacuum:oas and
// vacuum:owasp, which it takes under the prefix spectral: too, are spectral:oas and
// plumb:owasp here, and some of its rules have names of their own.

// owaspRules are the rules of plumb:owasp.
func owaspRules() []check.Meta {
	var list []check.Meta
	for _, m := range lint.OpenAPI().Metas() {
		if slices.Contains(m.Tags, "plumb:owasp") {
			list = append(list, m)
		}
	}
	return list
}

// vacuumRules are names of vacuum's own for rules, and the names that package lint
// has for the same; "" where it has none.
var vacuumRules = map[string]string{
	"no-ambiguous-paths":        "no-ambiguous-routes",
	"no-http-verbs-in-path":     "no-verbs-in-paths",
	"required-fields-defined":   "required-property-defined",
	"oas3-host-not-example.com": "oas3-server-not-example.com",
	"oas3-host-trailing-slash":  "oas3-server-trailing-slash",

	"allof-conflicts": "", "camel-case-properties": "", "circular-references": "", "component-description": "",
	"description-duplication": "", "duplicate-paths": "", "migrate-zally-ignore": "", "no-request-body": "",
	"no-unnecessary-combinator": "", "nullable-enum-contains-null": "", "oas-missing-type": "", "oas-schema-check": "",
	"oas2-parameter-description": "", "oas3-example-external-check": "", "oas3-example-missing": "", "oas3-missing-example": "",
	"oas3-no-$ref-siblings": "", "operation-4xx-response": "", "path-item-refs": "", "paths-kebab-case": "",
	"paths-specificity-order": "", "post-response-success": "", "schema-type-check": "",

	"owasp-no-numeric-ids":                   "owasp-api1-2023-no-numeric-ids",
	"owasp-no-http-basic":                    "owasp-api2-2023-no-http-basic",
	"owasp-no-api-keys-in-url":               "owasp-api2-2023-no-api-keys-in-url",
	"owasp-no-credentials-in-url":            "owasp-api2-2023-no-credentials-in-url",
	"owasp-auth-insecure-schemes":            "owasp-api2-2023-auth-insecure-schemes",
	"owasp-jwt-best-practices":               "owasp-api2-2023-jwt-best-practices",
	"owasp-protection-global-unsafe":         "owasp-api2-2023-write-restricted",
	"owasp-protection-global-unsafe-strict":  "",
	"owasp-protection-global-safe":           "owasp-api2-2023-read-restricted",
	"owasp-no-additionalProperties":          "owasp-api3-2023-no-additional-properties",
	"owasp-constrained-additionalProperties": "owasp-api3-2023-constrained-additional-properties",
	"owasp-array-limit":                      "owasp-api4-2023-array-limit",
	"owasp-string-limit":                     "owasp-api4-2023-string-limit",
	"owasp-string-restricted":                "owasp-api4-2023-string-restricted",
	"owasp-integer-limit":                    "owasp-api4-2023-integer-limit",
	"owasp-integer-limit-legacy":             "owasp-api4-2023-integer-limit-legacy",
	"owasp-integer-format":                   "owasp-api4-2023-integer-format",
	"owasp-rate-limit":                       "owasp-api4-2023-rate-limit",
	"owasp-rate-limit-retry-after":           "owasp-api4-2023-rate-limit-retry-after",
	"owasp-define-error-responses-429":       "owasp-api4-2023-rate-limit-responses-429",
	"owasp-define-error-responses-401":       "owasp-api8-2023-define-error-responses-401",
	"owasp-define-error-responses-500":       "owasp-api8-2023-define-error-responses-500",
	"owasp-define-error-validation":          "owasp-api8-2023-define-error-validation",
	"owasp-security-hosts-https-oas2":        "owasp-api8-2023-no-scheme-http",
	"owasp-security-hosts-https-oas3":        "owasp-api8-2023-no-server-http",
}

// sayOfVacuum sets a rule under a name that vacuum has for it; ok is false where it
// is none. What plumb has not is left out, and noted where it would have run.
func (l *layer) sayOfVacuum(n *openapi.Node, off bool, severity check.Severity) (ok bool) {
	rule, ok := vacuumRules[n.Key()]
	switch {
	case !ok:
		return false
	case rule != "":
		l.levels = append(l.levels, level{rule: rule, off: off, severity: severity, at: n.Location()})
	case !off:
		at := n.KeyLocation()
		l.notes = append(l.notes, fmt.Sprintf("%s:%d: %s is a rule of vacuum that plumb does not have, and is left out", at.File, at.Line, n.Key()))
	}
	return true
}

// VacuumRule returns the name that package lint has for a rule of vacuum's own. Ok
// says whether it has one.
func VacuumRule(name string) (rule string, ok bool) {
	rule = vacuumRules[name]
	return rule, rule != ""
}
