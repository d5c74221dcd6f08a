package spectral_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plumbapi/plumb/check"
	builtin "github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/lint/spectral"
	"github.com/plumbapi/plumb/openapi"
)

// usual are thirty rules of the kinds that rulesets of teams have.
const usual = `
aliases:
  Operations: ["$.paths[*][?(@property.match(/^(get|put|post|patch|delete)$/))]"]
  Schemas: ["$.components.schemas[*]"]
rules:
  info-contact-email: {given: "$.info.contact", then: {field: email, function: truthy}}
  info-version: {given: "$.info", then: {field: version, function: pattern, functionOptions: {match: "^[0-9]+\\.[0-9]+"}}}
  server-https: {given: "$.servers[*]", then: {field: url, function: pattern, functionOptions: {match: "^https://"}}}
  path-kebab: {given: "$.paths", then: {field: "@key", function: pattern, functionOptions: {match: "^(/[a-z0-9-]+|/\\{[^}]+\\})+$"}}}
  path-no-slash-at-end: {given: "$.paths[*]~", then: {function: pattern, functionOptions: {notMatch: "/$"}}}
  path-no-query: {given: "$.paths[*]~", then: {function: pattern, functionOptions: {notMatch: "\\?"}}}
  operation-id: {given: "#Operations", then: {field: operationId, function: pattern, functionOptions: {match: "^[a-z][a-z0-9-]*/[a-z-]+$"}}}
  operation-summary: {given: "#Operations", then: {field: summary, function: length, functionOptions: {max: 60}}}
  operation-description: {given: "#Operations", then: {field: description, function: truthy}}
  operation-one-tag: {given: "#Operations", then: {field: tags, function: schema, functionOptions: {schema: {type: array, minItems: 1, maxItems: 1}}}}
  operation-4xx: {given: "#Operations", then: {field: responses, function: schema, functionOptions: {schema: {patternProperties: {"^4": {}}, minProperties: 2}}}}
  get-no-body: {given: "$.paths[*].get", then: {field: requestBody, function: undefined}}
  delete-204: {given: "$.paths[*].delete.responses", then: {field: "204", function: truthy}}
  response-description: {given: "$.paths[*][*].responses[*]", then: {field: description, function: truthy}}
  response-json: {given: "$.paths[*][*].responses[?(@property.match(/^2/))].content", then: {field: "@key", function: enumeration, functionOptions: {values: [application/json]}}}
  error-schema: {given: "$.paths[*][*].responses[?(@property >= 400)].content[*].schema", then: {field: properties.message, function: truthy}}
  parameter-snake: {given: "$..parameters[?(@.in == 'query')].name", then: {function: casing, functionOptions: {type: snake}}}
  parameter-description: {given: "$..parameters[?(@.in)]", then: {field: description, function: truthy}}
  parameter-type: {given: "$..parameters[*].schema", then: {field: type, function: defined}}
  header-name: {given: "$..headers", then: {field: "@key", function: pattern, functionOptions: {match: "^[A-Z]"}}}
  schema-pascal: {given: "$.components.schemas[*]~", then: {function: casing, functionOptions: {type: kebab}}}
  schema-description: {given: "#Schemas", then: {field: description, function: truthy}}
  property-snake: {given: "$..properties[*]~", then: {function: pattern, functionOptions: {match: "^[a-z_][a-z0-9_]*$"}}}
  property-example: {given: "$..properties[?(@ && @.type == 'string' && !@.enum)]", then: {field: format, function: defined}}
  string-length: {given: "$..[?(@ && @.type == 'string' && !@.enum && !@.format)]", then: {field: maxLength, function: defined}}
  array-items: {given: "$..[?(@ && @.type === 'array')]", then: {field: items, function: truthy}}
  integer-format: {given: "$..[?(@ && @.type === 'integer')]", then: {field: format, function: enumeration, functionOptions: {values: [int32, int64]}}}
  enum-typed: {given: "$..[?(@ && @.enum && @.type)]", then: {function: typedEnum}}
  no-nullable: {resolved: false, given: "$..[?(@ && @.nullable)]", then: {field: nullable, function: falsy}}
  ref-siblings: {resolved: false, given: "$..[?(@ && @.$ref)]", then: {function: schema, functionOptions: {schema: {maxProperties: 1}}}}
`

// BenchmarkUsual runs thirty rules over the largest description of the corpus,
// 13 MB, which is loaded already; spectral:oas as it is built in stands beside it.
func BenchmarkUsual(b *testing.B) {
	folder := os.Getenv("PLUMB_CORPUS")
	if folder == "" {
		folder = "../../../shared/corpus"
	}
	doc, err := openapi.Load(context.Background(), os.DirFS(folder), "github/rest/api.github.com.json")
	if err != nil {
		b.Skipf("without the corpus (PLUMB_CORPUS): %v", err)
	}
	set, err := (&spectral.Loader{FS: fstest.MapFS{"rules.yaml": {Data: []byte(usual)}}}).Load(context.Background(), "rules.yaml")
	if err != nil {
		b.Fatal(err)
	}
	rules := set.Rules()
	run := func(b *testing.B, rules check.Set[*spectral.Document]) {
		b.ReportAllocs()
		found := 0
		for b.Loop() {
			rep, err := check.Run(context.Background(), rules, spectral.Of(doc), check.Policy{})
			if err != nil || !rep.Complete() {
				b.Fatalf("%v, %v", err, rep.Incomplete)
			}
			found = len(rep.Findings)
		}
		b.ReportMetric(float64(found), "findings")
	}
	b.Run(fmt.Sprintf("%d rules", strings.Count(usual, "given:")), func(b *testing.B) { run(b, rules) })
	b.Run("built in", func(b *testing.B) {
		oas, _ := builtin.Lookup("spectral:oas")
		policy := oas.Policy()
		b.ReportAllocs()
		for b.Loop() {
			if _, err := builtin.Document(context.Background(), doc, policy); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, r := range rules {
		b.Run(r.ID, func(b *testing.B) { run(b, check.Set[*spectral.Document]{r}) })
	}
}
