package sample_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
	"github.com/plumbapi/plumb/openapi/sample"
)

// describe makes a description of the schema S, with others beside it.
func describe(tb testing.TB, version, schemas string) *openapi.Document {
	tb.Helper()
	doc, err := openapi.Parse("api.yaml", []byte("openapi: "+version+"\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    "+strings.ReplaceAll(strings.TrimSpace(schemas), "\n", "\n    ")+"\n"))
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

func TestValues(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, schemas string
		o             sample.Options
		want          string
	}{
		{"example", `S: {type: string, example: seen}`, sample.Options{}, `"seen"`},
		{"example that does not match", `S: {type: integer, example: seen, default: 7}`, sample.Options{}, `7`},
		{"examples of 3.1", `S: {type: object, examples: [{a: 1}]}`, sample.Options{}, `{"a":1}`},
		{"const", `S: {const: [1, {a: null}]}`, sample.Options{}, `[1,{"a":null}]`},
		{"enum", `S: {type: [string, "null"], enum: [null, b, c]}`, sample.Options{}, `"b"`},
		{"date-time", `S: {type: string, format: date-time}`, sample.Options{}, `"2026-01-01T12:00:00Z"`},
		{"pattern", `S: {type: string, pattern: '^[A-Z]{2}-\d{3,}$', minLength: 9}`, sample.Options{}, `"AA-000000"`},
		{"lookahead", `S: {type: string, pattern: '^(?=a)b', minLength: 3}`, sample.Options{}, `"string"`},
		{"length", `S: {type: string, minLength: 9, maxLength: 9}`, sample.Options{}, `"stringstr"`},
		{"exclusive limits", `S: {type: number, exclusiveMinimum: 0, exclusiveMaximum: 1}`, sample.Options{}, `0.5`},
		{"multipleOf", `S: {type: number, minimum: 0.3, multipleOf: 0.25}`, sample.Options{}, `1`},
		{"multiples of both", `S: {type: integer, minimum: 2, allOf: [{multipleOf: 4}, {multipleOf: 6}]}`, sample.Options{}, `12`},
		{"negative", `S: {type: integer, maximum: -5}`, sample.Options{}, `-5`},
		{"required only", `S: {type: object, required: [b], properties: {a: {type: string}, b: {type: boolean}}}`, sample.Options{}, `{"b":true}`},
		{"all there is", `S: {type: object, required: [b], properties: {a: {type: string}, b: {type: boolean}, c: {type: string, deprecated: true}}}`, sample.Options{Full: true}, `{"a":"string","b":true}`},
		{"dependentRequired", `S: {type: object, required: [a], properties: {a: {type: string}, b: {type: integer}}, dependentRequired: {a: [b]}}`, sample.Options{}, `{"a":"string","b":1}`},
		{"readOnly in a request", `S: {type: object, required: [id, n], properties: {id: {type: integer, readOnly: true}, n: {type: integer}}}`, sample.Options{Full: true}, `{"n":1}`},
		{"writeOnly in a response", `S: {type: object, required: [p, n], properties: {p: {type: string, writeOnly: true}, n: {type: integer}}}`, sample.Options{Response: true}, `{"n":1}`},
		{"readOnly in an example", `S: {type: object, properties: {id: {type: integer, readOnly: true}, n: {type: integer}}, example: {id: 1, n: 2}}`, sample.Options{}, `{"n":2}`},
		{"allOf", "S: {allOf: [{$ref: '#/components/schemas/A'}, {required: [b], properties: {b: {type: integer}}}]}\nA: {type: object, required: [a], properties: {a: {type: string}}}", sample.Options{}, `{"a":"string","b":1}`},
		{"oneOf, first that fits", `S: {oneOf: [{type: integer, minimum: 5, maximum: 4}, {type: integer, multipleOf: 2}, {type: integer, multipleOf: 4}]}`, sample.Options{}, `2`},
		{"anyOf of what is required", `S: {type: object, properties: {a: {type: integer}, b: {type: integer}}, anyOf: [{required: [b]}, {required: [a]}]}`, sample.Options{}, `{"b":1}`},
		{"discriminator", "S: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}}\nCat: {type: object, required: [kind, purrs], properties: {kind: {type: string}, purrs: {type: boolean}}}\nDog: {type: object, required: [kind, barks], properties: {kind: {type: string}, barks: {type: boolean}}}", sample.Options{}, `{"kind":"cat","purrs":true}`},
		{"discriminator of a parent", "S: {allOf: [{$ref: '#/components/schemas/Pet'}]}\nPet: {type: object, required: [kind], discriminator: {propertyName: kind}, properties: {kind: {type: string}}}", sample.Options{}, `{"kind":"Pet"}`},
		{"cycle at an optional member", "S: {type: object, required: [n], properties: {n: {type: integer}, next: {$ref: '#/components/schemas/S'}}}", sample.Options{Full: true}, `{"n":1}`},
		{"cycle at items", "S: {type: object, required: [kids], properties: {kids: {type: array, items: {$ref: '#/components/schemas/S'}}}}", sample.Options{}, `{"kids":[]}`},
		{"cycle at null", "S: {type: [object, 'null'], required: [next], properties: {next: {$ref: '#/components/schemas/S'}}}", sample.Options{}, `{"next":null}`},
		{"cycle with a way out", "S: {oneOf: [{$ref: '#/components/schemas/B'}, {type: string}]}\nB: {type: object, required: [s], properties: {s: {$ref: '#/components/schemas/S'}}}", sample.Options{}, `{"s":"string"}`},
		{"unique items", `S: {type: array, minItems: 3, uniqueItems: true, items: {type: string, format: uuid}}`, sample.Options{}, `["3f2504e0-4f89-41d3-9a0c-0305e82c3301","3f2504e0-4f89-41d3-9a0c-0305e82c3302","3f2504e0-4f89-41d3-9a0c-0305e82c3303"]`},
		{"unique items of an enum", `S: {type: array, minItems: 2, uniqueItems: true, items: {enum: [a, b]}}`, sample.Options{}, `["a","b"]`},
		{"tuple", `S: {type: array, prefixItems: [{type: string}, {type: integer}]}`, sample.Options{}, `["string",1]`},
		{"no items", `S: {type: array, maxItems: 0, items: {type: string}}`, sample.Options{}, `[]`},
		{"map", `S: {type: object, minProperties: 2, additionalProperties: {type: integer}}`, sample.Options{}, `{"key1":1,"key2":1}`},
		{"map by pattern", `S: {type: object, minProperties: 1, patternProperties: {'^x-': {type: integer}}, additionalProperties: false}`, sample.Options{}, `{"x-":1}`},
		{"if and then", `S: {type: object, required: [a], properties: {a: {const: 1}}, if: {properties: {a: {const: 1}}}, then: {required: [b]}}`, sample.Options{}, `{"a":1,"b":"string"}`},
		{"contains", `S: {type: array, minItems: 2, items: {type: integer}, contains: {minimum: 9}}`, sample.Options{}, `[9,1]`},
		{"nothing said", `S: {}`, sample.Options{}, `"string"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc := describe(t, "3.1.0", tt.schemas)
			schema := doc.Root().Find("components", "schemas", "S")
			v, notes, err := sample.New(doc, tt.o).Value(schema)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, v.JSON()); diff != "" {
				t.Errorf("value (-want +got):\n%s%v", diff, notes)
			}
			again, _, err := sample.New(doc, tt.o).Value(schema)
			if err != nil || again.JSON() != v.JSON() {
				t.Errorf("made again it is %s, %v", again.JSON(), err)
			}
		})
	}
}

func TestSeedsDecide(t *testing.T) {
	t.Parallel()
	doc := describe(t, "3.1.0", `S: {type: object, required: [a, b], properties: {a: {enum: [1, 2, 3, 4, 5]}, b: {type: string, format: uuid}}}`)
	schema := doc.Root().Find("components", "schemas", "S")
	seen := map[string]bool{}
	for seed := range uint64(20) {
		v, _, err := sample.New(doc, sample.Options{Seed: seed}).Value(schema)
		if err != nil {
			t.Fatal(err)
		}
		seen[v.JSON()] = true
	}
	if len(seen) < 15 {
		t.Errorf("20 seeds give %d values", len(seen))
	}
}

func TestWhatCannotBeMade(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, schemas, want string }{
		{"without end", `S: {type: object, required: [next], properties: {next: {$ref: '#/components/schemas/S'}}}`, "api.yaml:6:8: /next: the schema asks for itself without end"},
		{"no type", `S: {allOf: [{type: string}, {type: integer}]}`, "api.yaml:6:8: the value: no type is left that the schema allows"},
		{"too many items", `S: {type: array, minItems: 1000000, items: {}}`, "api.yaml:6:8: the value: an array of 1000000 items is more than is made"},
		{"too long", `S: {type: object, required: [a], properties: {a: {type: string, minLength: 99999999}}}`, "api.yaml:6:54: /a: a string of 99999999 characters is more than is made"},
		{"contradiction", `S: {type: string, minLength: 3, maxLength: 2}`, "api.yaml:6:8: the value: no string is shorter than 3 characters and longer than 2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc := describe(t, "3.1.0", tt.schemas)
			_, _, err := sample.New(doc, sample.Options{}).Value(doc.Root().Find("components", "schemas", "S"))
			if err == nil || err.Error() != tt.want {
				t.Errorf("the error is %v, want %s", err, tt.want)
			}
		})
	}
}

func TestNotesSayWhatIsNotMet(t *testing.T) {
	t.Parallel()
	doc := describe(t, "3.0.3", `S: {type: string, pattern: '^(?!x)y'}`)
	_, notes, err := sample.New(doc, sample.Options{}).Value(doc.Root().Find("components", "schemas", "S"))
	if err != nil {
		t.Fatal(err)
	}
	want := `api.yaml:6:32: pattern "^(?!x)y" looks around or back, which Go's regexp package does not; the value may not match it`
	if len(notes) != 1 || notes[0].String() != want {
		t.Errorf("the notes are %v, want %s", notes, want)
	}
}

// FuzzValue makes values of hostile schemas: none takes long, and one that is
// made without a note matches.
func FuzzValue(f *testing.F) {
	for _, s := range []string{
		`{"type":"object","required":["a"],"properties":{"a":{"$ref":"#/components/schemas/S"}}}`,
		`{"oneOf":[{"$ref":"#/components/schemas/S"},{"anyOf":[{"type":"string"},{}]}]}`,
		`{"type":"string","pattern":"^(a|b){2,9}[^c]+$","minLength":20}`, `{"type":"array","uniqueItems":true,"minItems":9}`,
		`{"multipleOf":1e-300,"maximum":-1e300}`, `{"if":{"not":{}},"else":{"propertyNames":{"pattern":"x"},"minProperties":3}}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, schema string) {
		if len(schema) > 5000 {
			return
		}
		doc, err := openapi.Parse("api.json", []byte(`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"S":`+schema+`}}}`))
		if err != nil || doc.Root().Find("components", "schemas", "S") == nil {
			return
		}
		n := doc.Root().Find("components", "schemas", "S")
		m := sample.New(doc, sample.Options{Full: true, MaxValues: 200})
		v, notes, err := m.Value(n)
		if err != nil || len(notes) > 0 {
			return
		}
		tree, err := openapi.ParseTree("", v.Append(nil))
		if err != nil {
			return // deeper than trees are
		}
		errs, err := jsonschema.NewCompiler(jsonschema.OpenAPI31, jsonschema.ForDocument(doc)).Compile(n).Validate(tree, m.Mode())
		if err == nil && len(errs) > 0 {
			t.Errorf("%s: %s", v.JSON(), errs[0].Message())
		}
	})
}

// FuzzPattern makes texts of patterns.
func FuzzPattern(f *testing.F) {
	for _, p := range []string{`^[a-z]+$`, `(a|b)*c{2,}`, `\d{4}-\d{2}`, `^(?:x|y)?\b`, `[^\x00-\x{10FFFF}]`, `((((a{9}){9}){9}){9})`} {
		f.Add(p, 3, 10)
	}
	f.Fuzz(func(t *testing.T, pattern string, low, high int) {
		if len(pattern) > 500 {
			return
		}
		doc, err := openapi.Parse("api.json", []byte(fmt.Sprintf(`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"S":{"type":"string","pattern":%s,"minLength":%d,"maxLength":%d}}}}`, sample.String(pattern).JSON(), low&0xff, low&0xff+high&0xff)))
		if err != nil {
			return
		}
		if _, _, err := sample.New(doc, sample.Options{}).Value(doc.Root().Find("components", "schemas", "S")); err != nil {
			t.Error(err)
		}
	})
}
