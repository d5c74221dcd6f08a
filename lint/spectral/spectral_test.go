package spectral_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/spectral"
	"github.com/plumbapi/plumb/openapi"
)

const api = `openapi: 3.0.3
info:
  title: shop
  version: "1"
  contact: {name: Ada}
  x-none: null
servers: [{url: b}, {url: a}]
paths:
  /Books:
    get:
      operationId: list_books
      tags: [z, a]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}
components:
  schemas:
    Book: {type: object, properties: {Title: {type: string, enum: [a, 1]}, isbn: {type: string}}}
    Shelf: {type: array, items: {type: string}}
`

// one runs one rule, given as YAML, and returns element and message of what it
// finds.
func one(t *testing.T, rule string) []string {
	t.Helper()
	return lint(t, fstest.MapFS{"rules.yaml": {Data: []byte("rules:\n  the-rule:\n" + indent(rule))}}, api)
}

func indent(text string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimLeft(text, "\n")) {
		b.WriteString("    " + line)
	}
	return b.String()
}

func lint(t *testing.T, fsys fstest.MapFS, text string) []string {
	t.Helper()
	set, err := (&spectral.Loader{FS: fsys}).Load(t.Context(), "rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return run(t, set, text)
}

func run(t *testing.T, set *spectral.Ruleset, text string) []string {
	t.Helper()
	doc, err := openapi.Parse("api.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	rep, err := check.Run(t.Context(), set.For("api.yaml").Rules(), spectral.Of(doc), check.Policy{})
	if err != nil || !rep.Complete() {
		t.Fatalf("%v, %v", err, rep)
	}
	var list []string
	for _, f := range rep.Findings {
		list = append(list, fmt.Sprintf("%s: %s", f.Location.Element, f.Message))
	}
	return list
}

func TestFunctions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, rule string
		want       []string
	}{
		{"truthy", `
given: $.info
then: {field: license, function: truthy}
`, []string{`/info: "info.license" must be truthy`}},
		{"truthy, a way", `
given: $.info
then: [{field: contact.email, function: truthy}, {field: contact.name, function: truthy}]
`, []string{`/info/contact: "contact.email" must be truthy`}},
		{"falsy", `
given: $.info.contact
then: {field: name, function: falsy}
`, []string{`/info/contact/name: "name" must be falsy`}},
		{"defined and undefined", `
given: $.info
then: [{field: license, function: defined}, {field: title, function: undefined}]
`, []string{`/info: "info.license" must be defined`, `/info/title: "title" must be undefined`}},
		{"pattern, with a message", `
message: "{{property}} at {{path}} is {{value}}: {{error}}"
given: $.info
then: {field: title, function: pattern, functionOptions: {match: "^[A-Z]"}}
`, []string{`/info/title: title at #/info/title is shop: must match the pattern "^[A-Z]"`}},
		{"pattern, with flags and around", `
given: $.info.title
then: {function: pattern, functionOptions: {match: "/^SHOP$/i", notMatch: "^(?!x)"}}
`, []string{`/info/title: "title" must not match the pattern "^(?!x)"`}},
		{"description is the message", `
description: Titles are long
given: $.info.title
then: {function: length, functionOptions: {min: 10}}
`, []string{`/info/title: Titles are long`}},
		{"length of many kinds", `
given: [$.info, $.paths.*.*.tags]
then: {function: length, functionOptions: {max: 1}}
`, []string{`/info: "info" must be shorter than 1`, `/paths/~1Books/get/tags: "tags" must be shorter than 1`}},
		{"enumeration", `
given: $.paths.*.*.tags[*]
then: {function: enumeration, functionOptions: {values: [a, b]}}
`, []string{`/paths/~1Books/get/tags/0: "0" must be one of a, b`}},
		{"casing of keys", `
given: $.components.schemas..properties
then: {field: "@key", function: casing, functionOptions: {type: camel}}
`, []string{`/components/schemas/Book/properties/Title: "Title" must be camel case`}},
		{"casing of names, with a separator", `
given: $.paths[*]~
then: {function: casing, functionOptions: {type: kebab, separator: {char: /, allowLeading: true}}}
`, []string{`/paths/~1Books: "/Books" must be kebab case`}},
		{"alphabetical", `
given: $.paths.*.*
then: {field: tags, function: alphabetical}
`, []string{`/paths/~1Books/get/tags/0: "0" must be in alphabetical order: "z" stands before "a"`}},
		{"alphabetical keys", `
given: $.components
then: {field: schemas, function: alphabetical}
`, nil},
		{"alphabetical by a member", `
given: $.servers
then: {function: alphabetical, functionOptions: {keyedBy: url}}
`, []string{`/servers: "servers" must be in alphabetical order of url: "b" stands before "a"`}},
		{"schema with a reference within it, and nullable", `
given: $.info
then:
  function: schema
  functionOptions:
    allErrors: true
    schema:
      properties: {title: {$ref: "#/definitions/short"}, x-none: {type: string, nullable: true}}
      definitions: {short: {maxLength: 3}}
`, []string{`/info/title: value "shop" has 4 characters, more than 3`}},
		{"schema of 2019-09, with a tuple", `
given: $.servers
then: {function: schema, functionOptions: {dialect: draft2019-09, schema: {items: [{}], additionalItems: false}}}
`, []string{`/servers: array has 2 items, more than 1`}},
		{"a field of what has none is the value", `
given: $.info.title
then: [{field: "@key", function: falsy}, {field: $.x, function: truthy}]
`, []string{`/info/title: "title" must be falsy`}},
		{"fields below one that is missing", `
message: "{{property}} is missing"
given: $.info
then: [{field: license, function: truthy}, {field: license.url, function: truthy}]
`, []string{`/info: info.license is missing`, `/info: info.license.url is missing`}},
		{"a field named $ref", `
resolved: false
given: $..schema
then: {field: $ref, function: falsy}
`, []string{`/paths/~1Books/get/responses/200/content/application~1json/schema/$ref: "$ref" must be falsy`}},
		{"schema", `
given: $.info
then: {function: schema, functionOptions: {schema: {type: object, required: [license], properties: {title: {maxLength: 3}}}, allErrors: true}}
`, []string{`/info: property "license" is missing`, `/info/title: value "shop" has 4 characters, more than 3`}},
		{"schema, through references", `
message: "{{property}} {{path}}"
given: $.paths[*][*].responses
then: {function: schema, functionOptions: {schema: {additionalProperties: {properties: {content: {additionalProperties: {properties: {schema: {properties: {type: {const: array}}}}}}}}}}}
`, []string{`/components/schemas/Book/type: type #/components/schemas/Book/type`}},
		{"schema, as it is written", `
resolved: false
given: $.paths[*][*].responses
then: {function: schema, functionOptions: {schema: {additionalProperties: {properties: {content: {additionalProperties: {properties: {schema: {properties: {type: {const: array}}}}}}}}}}}
`, nil},
		{"the parent of a filter is one above", `
message: "{{path}}"
given: "$..[?(@parent && @parent.enum)]"
then: {function: falsy}
`, []string{`/components/schemas/Book/properties/Title/enum/0: #/components/schemas/Book/properties/Title/enum/0`, `/components/schemas/Book/properties/Title/enum/1: #/components/schemas/Book/properties/Title/enum/1`}},
		{"the parent of a filter, that is", `
message: "{{path}}"
given: "$..[?(@parent && @parent.type === 'object')]"
then: {function: falsy}
`, []string{`/components/schemas/Book/properties/Title: #/components/schemas/Book/properties/Title`, `/components/schemas/Book/properties/isbn: #/components/schemas/Book/properties/isbn`}},
		{"lengths", `
message: "{{value}}"
given: $
then: [{field: servers.length, function: falsy}, {field: info.title.length, function: length, functionOptions: {max: 3}}, {field: info.length, function: truthy}]
`, []string{`/info: undefined`, `/info/title: 4`, `/servers: 2`}},
		{"a name with dots in it", `
given: $.paths./Books.get.responses.200.content
then: {field: application/json.schema, function: falsy}
`, []string{`/components/schemas/Book: "Book" must be falsy`}},
		{"the indexes of a list", `
message: "{{property}}"
given: $.servers
then: {field: "@key", function: pattern, functionOptions: {match: "^1"}}
`, []string{`/servers/0: 0`}},
		{"typedEnum, once through a reference", `
given: "$..[?(@ && @.enum)]"
then: {function: typedEnum}
`, []string{`/components/schemas/Book/properties/Title/enum/1: "1" has the enum value "1", which is not of type string`}},
		{"xor and or", `
given: $.info
then: [{function: xor, functionOptions: {properties: [title, version]}}, {function: or, functionOptions: {properties: [a, b]}}]
`, []string{`/info: "info" must have at least one of a, b`, `/info: "info" must have one of title, version, and no more`}},
		{"unreferencedReusableObject", `
resolved: false
given: $.components.schemas
then: {function: unreferencedReusableObject, functionOptions: {reusableObjectsLocation: "#/components/schemas"}}
`, []string{`/components/schemas/Shelf: "Shelf" is used nowhere`}},
		{"for another format", `
formats: [oas2]
given: $.info
then: {field: license, function: truthy}
`, []string{`: the document has none of the formats that the ruleset has rules for: oas2`}},
		{"for this format", `
formats: [oas3.0]
given: $.info
then: {field: license, function: truthy}
`, []string{`/info: "info.license" must be truthy`}},
		{"off", `
recommended: false
given: $.info
then: {field: license, function: truthy}
`, nil},
		{"a field that is a path", `
given: $.paths.*
then: {field: "$.get.operationId", function: casing, functionOptions: {type: camel}}
`, []string{`/paths/~1Books/get/operationId: "operationId" must be camel case`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, one(t, tt.rule)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A ruleset in several files: packages, modifiers, aliases, settings, overrides.
func TestExtends(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"rules.yaml": {Data: []byte(`
extends: ["./base/rules.json", ["@acme/rules", all]]
aliases:
  Info: [$.info]
  Contact: {description: who, targets: [{formats: [oas2], given: [$.none]}, {formats: [oas3], given: ["#Info.contact"]}]}
rules:
  has-license: error
  titled: off
  email:
    given: "#Contact"
    then: {field: email, function: truthy}
overrides:
  - files: ["*.yaml"]
    rules: {not-here: off}
  - files: ["api.yaml#/paths/~1Books"]
    rules: {camel: off}
  - files: ["api.yaml#/info"]
    rules: {has-license: hint}
`)},
		"base/rules.json":                       {Data: []byte(`{"rules": {"has-license": {"given": "$.info", "then": {"field": "license", "function": "truthy"}}, "titled": {"given": "$", "then": {"field": "title", "function": "truthy"}}}}`)},
		"node_modules/@acme/rules/package.json": {Data: []byte(`{"main": "main.yml"}`)},
		"node_modules/@acme/rules/main.yml": {Data: []byte(`
rules:
  camel: {recommended: false, given: "$..operationId", then: {function: casing, functionOptions: {type: camel}}}
  not-here: {given: $, then: {field: x, function: truthy}}
`)},
	}
	set, err := (&spectral.Loader{FS: fsys}).Load(t.Context(), "rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"/info: \"info.license\" must be truthy",
		"/info/contact: \"contact.email\" must be truthy",
		"/paths/~1Books/get/operationId: \"operationId\" must be camel case",
	}
	if diff := cmp.Diff(want, run(t, set, api)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var severity check.Severity
	for _, r := range set.Rules() {
		if r.ID == "has-license" {
			severity = r.Severity
		}
	}
	if severity != check.Error {
		t.Errorf("severity of has-license: got %v, want error", severity)
	}
	wantIgnores := []check.Ignore{{Rule: "camel", File: "api.yaml", Element: "/paths/~1Books/**"}}
	if diff := cmp.Diff(wantIgnores, set.For("api.yaml").Ignores()); diff != "" {
		t.Errorf("ignores (-want +got):\n%s", diff)
	}
	wantLevels := []check.Level{{Rule: "has-license", File: "api.yaml", Element: "/info/**", Severity: check.Info}}
	if diff := cmp.Diff(wantLevels, set.For("api.yaml").Levels()); diff != "" {
		t.Errorf("levels (-want +got):\n%s", diff)
	}
}

// TestVacuum shows that rulesets which were written for vacuum are read: its
// names for rules that plumb has, and a note of those that it has not.
func TestVacuum(t *testing.T) {
	t.Parallel()
	set, err := (&spectral.Loader{FS: fstest.MapFS{
		"rules.yaml": {Data: []byte("extends: [./base.yaml, [vacuum:owasp, all]]\nrules:\n  owasp-rate-limit: off\n  no-http-verbs-in-path: warn\n")},
		"base.yaml":  {Data: []byte("extends: [[vacuum:oas, off]]\nrules:\n  info-contact: error\n  paths-kebab-case: off\n  camel-case-properties: warn\n")},
	}}).Load(t.Context(), "rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"base.yaml:5: camel-case-properties is a rule of vacuum that plumb does not have, and is left out"}, set.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	policy := check.Policy{On: map[string]bool{}, Off: map[string]bool{}, Severity: map[string]check.Severity{}}
	set.Policy(&policy, true)
	for _, tt := range []struct {
		rule string
		on   bool
	}{
		{"info-contact", true},
		{"info-description", false},
		{"no-verbs-in-paths", true},
		{"owasp-api4-2023-rate-limit", false},
		{"owasp-api4-2023-array-limit", true},
	} {
		if on := policy.On[tt.rule] && !policy.Off[tt.rule]; on != tt.on {
			t.Errorf("rule %s: on is %v and off is %v, want on %v", tt.rule, policy.On[tt.rule], policy.Off[tt.rule], tt.on)
		}
	}
	if got := policy.Severity["info-contact"]; got != check.Error {
		t.Errorf("severity of info-contact is %v, want %v", got, check.Error)
	}
}

func TestBuiltIn(t *testing.T) {
	t.Parallel()
	load := func(text string) check.Policy {
		set, err := (&spectral.Loader{FS: fstest.MapFS{"rules.yaml": {Data: []byte(text)}}}).Load(t.Context(), "rules.yaml")
		if err != nil {
			t.Fatal(err)
		}
		p := check.Policy{On: map[string]bool{}, Off: map[string]bool{}, Severity: map[string]check.Severity{}}
		set.Policy(&p, true)
		return p
	}
	p := load("extends: spectral:oas\nrules: {operation-tags: error, info-contact: off, info-license: true}")
	if p.Severity["operation-tags"] != check.Error || !p.Off["info-contact"] || p.Off["info-license"] || !p.On["info-license"] || !p.Off["license-url"] {
		t.Errorf("recommended: %+v", p)
	}
	if p = load("extends: [[spectral:oas, all]]"); p.Off["license-url"] || !p.On["license-url"] {
		t.Errorf("all: %+v", p)
	}
	if p = load("extends: [[spectral:oas, off]]\nrules: {path-params: warn}"); !p.Off["operation-tags"] || p.Off["path-params"] {
		t.Errorf("off: %+v", p)
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"no YAML", "rules: [", "rules.yaml:1:9: "},
		{"no ruleset", "a: 1", `rules.yaml:1:1: a ruleset has no member a`},
		{"nothing in it", "formats: [oas3]", `rules.yaml:1:1: a ruleset has rules, extends or overrides, and this has none of them`},
		{"a format", "formats: [oas33]\nrules: {}", `rules.yaml:1:11: "oas33" is no format; did you mean oas3?`},
		{"a function", "rules: {a: {given: $, then: {function: trutly}}}", `rules.yaml:1:40: there is no function trutly; did you mean truthy?`},
		{"a path", "rules: {a: {given: '$[', then: {function: truthy}}}", `rules.yaml:1:20: JSONPath "$[": at 3: the path ends within brackets`},
		{"no path", "rules: {a: {then: {function: truthy}}}", `rules.yaml:1:12: the rule has no given: the JSONPath of the values that it is about`},
		{"an option", "rules: {a: {given: $, then: {function: length, functionOptions: {mix: 1}}}}", `rules.yaml:1:71: length has no option mix; did you mean min?`},
		{"no option", "rules: {a: {given: $, then: {function: casing}}}", `rules.yaml:1:40: casing needs the option type`},
		{"a rule that is not there", "extends: spectral:oas\nrules: {operation-tagz: off}", `rules.yaml:2:9: there is no rule operation-tagz to set; extend a ruleset that has it; did you mean operation-tags?`},
		{"a severity", "extends: spectral:oas\nrules: {operation-tags: bad}", `rules.yaml:2:25: a rule is set to error, warn, info, hint, off, true or false, or is defined by an object; this is "bad"`},
		{"extends itself", "extends: ./rules.yaml", `rules.yaml:1:10: rules.yaml extends itself: rules.yaml → rules.yaml`},
		{"a ruleset that is not there", "extends: ./none.yaml", `rules.yaml:1:10: none.yaml: file does not exist`},
		{"a package that is not there", "extends: '@acme/none'", `rules.yaml:1:10: @acme/none is neither a file beside the ruleset nor a package in node_modules`},
		{"a program that is not there", "extends: ./rules.js", `rules.js:1:1: file does not exist`},
		{"out of the folder", "extends: ../../etc/passwd", `rules.yaml:1:10: ../../etc/passwd is outside the folder that rulesets are read from`},
		{"an address", "extends: https://example.com/rules.yaml", `rules.yaml:1:10: https://example.com/rules.yaml is not read: no ruleset of another host may be`},
		{"an alias", "rules: {a: {given: '#None', then: {function: truthy}}}", `rules.yaml:1:20: there is no alias None`},
		{"no name", "rules: {'': {given: $, then: {function: truthy}}}", `rules.yaml:1:9: a rule has a name`},
		{"an option of the parser", "parserOptions: {duplicateKey: off}\nrules: {}", `rules.yaml:1:17: parserOptions have no member duplicateKey; did you mean duplicateKeys?`},
		{"an alias in a circle", "aliases: {A: ['#A.x']}\nrules: {a: {given: '#A', then: {function: truthy}}}", `rules.yaml:2:20: the alias A leads to itself`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := (&spectral.Loader{FS: fstest.MapFS{"rules.yaml": {Data: []byte(tt.text)}}}).Load(t.Context(), "rules.yaml")
			var wrong *spectral.Error
			if !errors.As(err, &wrong) || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

// Any text can be looked at, and references within it are followed.
// A regular expression that takes too long ends its rule.
func TestSlow(t *testing.T) {
	t.Parallel()
	set, err := (&spectral.Loader{FS: fstest.MapFS{"rules.yaml": {Data: []byte(`rules:
  slow: {given: $.info.title, then: {function: pattern, functionOptions: {match: "^(?=s)([sho]*)*p!$"}}}
  slower: {given: "$..[?(@.match && @.match(/^(?=a)(a*)*$/))]", then: {function: truthy}}
  quick: {given: $.info.title, then: {function: pattern, functionOptions: {match: "^(?=s)(s+h?)+!"}}}
`)}}}).Load(t.Context(), "rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := spectral.Parse("a.yaml", []byte("info: {title: "+strings.Repeat("sho", 20)+", x: "+strings.Repeat("a", 60)+"!}"))
	if err != nil {
		t.Fatal(err)
	}
	rep, err := check.Run(t.Context(), set.Rules(), doc, check.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	var ended []string
	for _, i := range rep.Incomplete {
		ended = append(ended, i.Rule)
	}
	if diff := cmp.Diff([]string{"slow", "slower"}, ended); diff != "" || len(rep.Findings) != 1 || rep.Findings[0].Rule != "quick" {
		t.Errorf("%v (-want +got):\n%s", rep.Findings, diff)
	}
}

func TestParserOptions(t *testing.T) {
	t.Parallel()
	set, err := (&spectral.Loader{FS: fstest.MapFS{
		"rules.yaml": {Data: []byte("extends: ./base.yaml\nparserOptions: {duplicateKeys: warn, incompatibleValues: off}\n")},
		"base.yaml":  {Data: []byte("parserOptions: {duplicateKeys: info}\nrules: {}\n")},
	}}).Load(t.Context(), "rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	set = set.For("api.yaml")
	if off, severity := set.Keys(true); off || severity != check.Warning {
		t.Errorf("keys given twice: got %t, %v", off, severity)
	}
	if off, _ := set.Keys(false); !off {
		t.Error("keys that are no strings are not off")
	}
}

// spectral:asyncapi is a ruleset as others are: its rules are set, and those that
// plumb has not are said.
func TestAsyncAPI(t *testing.T) {
	t.Parallel()
	set, err := (&spectral.Loader{FS: fstest.MapFS{"rules.yaml": {Data: []byte("extends: spectral:asyncapi\nrules: {asyncapi-info-license: off, asyncapi-tags: error, asyncapi-schema: off}\n")}}}).Load(t.Context(), "rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"rules.yaml:1: of spectral:asyncapi, 36 rules are run; the 19 that check the document and its values against schemas, or have functions of their own, are left out"}
	if diff := cmp.Diff(want, set.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	doc, err := spectral.Parse("events.yaml", []byte("asyncapi: 2.6.0\ninfo: {title: a, version: '1', description: b, contact: {name: c, url: d, email: e}}\nservers: {a: {url: 'mqtt://a/'}}\nchannels: {'a/{}': {publish: {operationId: x, description: y, message: {headers: {type: string}}}}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	rep, err := check.Run(t.Context(), set.Rules(), doc, check.Policy{})
	if err != nil || !rep.Complete() {
		t.Fatalf("%v, %v", err, rep)
	}
	var got []string
	for _, f := range rep.Findings {
		got = append(got, fmt.Sprintf("%s %s %s", f.Rule, f.Severity, f.Location.Element))
	}
	want = []string{
		"asyncapi-tags error ", "asyncapi-latest-version info /asyncapi", "asyncapi-server-no-trailing-slash warning /servers/a/url",
		"asyncapi-channel-no-empty-parameter warning /channels/a~1{}", "asyncapi-headers-schema-type-object error /channels/a~1{}/publish/message/headers/type",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnyText(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{"rules.yaml": {Data: []byte(`
rules:
  kinds: {formats: [aas2], given: "$.channels.*.*.message", then: {field: name, function: truthy}}
`)}}
	set, err := (&spectral.Loader{FS: fsys}).Load(t.Context(), "rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := spectral.Parse("events.yaml", []byte("asyncapi: 2.6.0\nchannels: {a: {publish: {message: {$ref: '#/components/messages/M'}}}}\ncomponents: {messages: {M: {title: m}}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	rep, err := check.Run(context.Background(), set.Rules(), doc, check.Policy{})
	if err != nil || len(rep.Findings) != 1 || rep.Findings[0].Location.Element != "/components/messages/M" {
		t.Errorf("%v, %+v", err, rep.Findings)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte("extends: spectral:oas\nrules: {a: {given: '$..x', then: {field: '@key', function: casing, functionOptions: {type: camel}}}}"))
	f.Add([]byte("aliases: {A: [$.info]}\nrules: {a: {given: '#A', message: '{{error}}', then: {function: schema, functionOptions: {schema: {type: string}}}}}"))
	f.Add([]byte("rules: {unrecognized-format: {formats: [oas2], given: $, then: {function: truthy}}}"))
	f.Add([]byte("overrides: [{files: ['*.yaml#/paths'], rules: {a: off}}]\nrules: {a: {given: $, then: {function: length, functionOptions: {max: 1}}}}"))
	doc, err := openapi.Parse("api.yaml", []byte(api))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := (&spectral.Loader{FS: fstest.MapFS{"rules.yaml": {Data: data}}}).Load(t.Context(), "rules.yaml")
		if err != nil {
			return
		}
		if _, err := check.Run(t.Context(), set.For("api.yaml").Rules(), spectral.Of(doc), check.Policy{}); err != nil {
			t.Error(err)
		}
	})
}
