package jsonschema_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// node reads JSON or YAML.
func node(t testing.TB, text string) *openapi.Node {
	t.Helper()
	n, err := openapi.ParseTree("test", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// pair reads a schema and a value from one text.
func pair(t testing.TB, schema, value string) (s, v *openapi.Node) {
	t.Helper()
	n := node(t, `{"schema": `+schema+`, "value": `+value+`}`)
	return n.Get("schema"), n.Get("value")
}

// found lists errors as "keyword pointer: message".
func found(errs []jsonschema.Error, root *openapi.Node) []string {
	out := []string{}
	for i := range errs {
		e := &errs[i]
		out = append(out, e.Keyword+" "+e.Instance.Pointer()[len(root.Pointer()):]+": "+e.Message())
	}
	return out
}

func TestValidate(t *testing.T) {
	t.Parallel()
	const d4, d30, d31 = jsonschema.Draft04, jsonschema.OpenAPI30, jsonschema.OpenAPI31
	cases := []struct {
		name    string
		dialect jsonschema.Dialect
		schema  string
		value   string
		all     []string
		first   []string // nil: as all
	}{
		{name: "empty schema", dialect: d31, schema: `{}`, value: `5`},
		{name: "false schema", dialect: d31, schema: `false`, value: `5`, all: []string{`false schema : no value is allowed here`}},
		{
			name: "type of a scalar", dialect: d31, schema: `{"type": "integer"}`, value: `1.5`,
			all: []string{`type : value 1.5 is a number, not an integer`},
		},
		{name: "integer with a zero fraction", dialect: d31, schema: `{"type": "integer"}`, value: `1.0`},
		{
			name: "types of a container", dialect: d31, schema: `{"type": ["string", "null"]}`, value: `[]`,
			all: []string{`type : value is an array, not a string or null`},
		},
		{name: "nullable", dialect: d30, schema: `{"type": "string", "nullable": true}`, value: `null`},
		{
			name: "nullable is of OpenAPI", dialect: d4, schema: `{"type": "string", "nullable": true}`, value: `null`,
			all: []string{`type : value is null, not a string`},
		},
		{
			name: "nullable says nothing of the enum", dialect: d30,
			schema: `{"type": "string", "nullable": true, "enum": ["a", "b"]}`, value: `null`,
			all: []string{`enum : value null is none of "a", "b"`},
		},
		{
			name: "numbers", dialect: d31, schema: `{"minimum": 5, "exclusiveMaximum": 3, "multipleOf": 2}`, value: `3`,
			all: []string{
				`minimum : value 3 is less than 5`, `exclusiveMaximum : value 3 is not less than 3`,
				`multipleOf : value 3 is no multiple of 2`,
			},
			first: []string{`minimum : value 3 is less than 5`},
		},
		{
			name: "exclusive as draft 04 has it", dialect: d30, schema: `{"minimum": 5, "exclusiveMinimum": true}`, value: `5`,
			all: []string{`minimum : value 5 is not greater than 5`},
		},
		{
			name: "strings", dialect: d31, schema: `{"maxLength": 2, "pattern": "^[a-z]+$", "format": "date"}`, value: `"äöü"`,
			all: []string{
				`maxLength : value "äöü" has 3 characters, more than 2`,
				`pattern : value "äöü" does not match the pattern "^[a-z]+$"`,
				`format : value "äöü" is not of the format "date"`,
			},
			first: []string{`maxLength : value "äöü" has 3 characters, more than 2`},
		},
		{
			name: "arrays", dialect: d31, schema: `{"minItems": 4, "items": {"type": "integer"}, "uniqueItems": true}`,
			value: `[1, "a", 1.0]`,
			all: []string{
				`minItems : array has 3 items, fewer than 4`, `type /1: value "a" is a string, not an integer`,
				`uniqueItems : items 0 and 2 of the array are equal`,
			},
			first: []string{`minItems : array has 3 items, fewer than 4`},
		},
		{
			name: "a tuple of draft 04", dialect: d4, schema: `{"items": [{"type": "string"}], "additionalItems": false}`,
			value: `[1, 2]`,
			all: []string{
				`type /0: value 1 is a number, not a string`, `additionalItems : array has 2 items, more than 1`,
			},
			first: []string{`type /0: value 1 is a number, not a string`},
		},
		{
			name: "a tuple of 2020-12", dialect: d31, schema: `{"prefixItems": [{"type": "string"}], "items": false}`,
			value: `["a", 2]`, all: []string{`items : array has 2 items, more than 1`},
		},
		{
			name: "contains", dialect: d31, schema: `{"contains": {"type": "string"}, "minContains": 2}`, value: `["a", 2]`,
			all: []string{
				`type /1: value 2 is a number, not a string`,
				`contains : array has 1 item that contains asks for, fewer than 2 items`,
			},
			first: []string{`contains : array has 1 item that contains asks for, fewer than 2 items`},
		},
		{
			name: "objects", dialect: d31,
			schema: `{"maxProperties": 1, "required": ["c"], "properties": {"a": {"type": "string"}}, "additionalProperties": false}`,
			value:  `{"a": 1, "b": 2}`,
			all: []string{
				`maxProperties : object has 2 properties, more than 1`, `required : property "c" is missing`,
				`additionalProperties : property "b" is not expected here`, `type /a: value 1 is a number, not a string`,
			},
			first: []string{`maxProperties : object has 2 properties, more than 1`},
		},
		{
			name: "pattern properties", dialect: d31,
			schema: `{"patternProperties": {"^x-": {"type": "integer"}, "(?=look)": false}, "additionalProperties": false}`,
			value:  `{"x-a": "b"}`, all: []string{`type /x-a: value "b" is a string, not an integer`},
		},
		{
			name: "property names", dialect: d31, schema: `{"propertyNames": {"maxLength": 1}}`, value: `{"ab": 1}`,
			all: []string{
				`maxLength : value "ab" has 2 characters, more than 1`, `propertyNames : property name "ab" is not allowed`,
			},
		},
		{
			name: "dependencies", dialect: d31,
			schema: `{"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"a": {"required": ["c"]}}}`, value: `{"a": 1}`,
			all: []string{
				`dependentRequired : property "b" is missing, which "a" needs`, `required : property "c" is missing`,
			},
			first: []string{`dependentRequired : property "b" is missing, which "a" needs`},
		},
		{
			name: "anyOf tells why all alternatives fail", dialect: d31,
			schema: `{"anyOf": [{"type": "string"}, {"minimum": 5, "multipleOf": 2}]}`, value: `3`,
			all: []string{
				`type : value 3 is a number, not a string`, `minimum : value 3 is less than 5`,
				`multipleOf : value 3 is no multiple of 2`, `anyOf : value matches no schema of anyOf`,
			},
			first: []string{
				`type : value 3 is a number, not a string`, `minimum : value 3 is less than 5`,
				`anyOf : value matches no schema of anyOf`,
			},
		},
		{
			name: "oneOf stops at the second match", dialect: d31,
			schema: `{"oneOf": [{"type": "string"}, {"minimum": 1}, true, {"maximum": 1}]}`, value: `3`,
			all: []string{
				`type : value 3 is a number, not a string`,
				`oneOf : value matches more than one schema of oneOf: the 2nd and the 3rd`,
			},
		},
		{name: "not", dialect: d31, schema: `{"not": {"type": "number"}}`, value: `3`, all: []string{`not : value matches a schema that it must not match`}},
		{
			name: "if without a word of its own at the first error", dialect: d31,
			schema: `{"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": false}`, value: `{"a": 1}`,
			all:   []string{`required : property "b" is missing`, `if : value does not match the schema of "then"`},
			first: []string{`required : property "b" is missing`},
		},
		{
			name: "a lone type waits for its keywords", dialect: d31,
			schema: `{"type": "object", "required": ["a"], "allOf": [{"minimum": 5}]}`, value: `3`,
			all:   []string{`minimum : value 3 is less than 5`, `type : value 3 is a number, not an object`},
			first: []string{`minimum : value 3 is less than 5`},
		},
		{
			name: "the first keywords run although the type is wrong, among alternatives", dialect: d31,
			schema: `{"anyOf": [{"type": "integer", "enum": [1], "maxLength": 0}]}`, value: `"a"`,
			all: []string{
				`type : value "a" is a string, not an integer`, `enum : value "a" is not 1`,
				`maxLength : value "a" has 1 character, more than 0`, `anyOf : value matches no schema of anyOf`,
			},
			first: []string{
				`type : value "a" is a string, not an integer`, `enum : value "a" is not 1`,
				`anyOf : value matches no schema of anyOf`,
			},
		},
		{
			name: "unevaluated properties", dialect: d31,
			schema: `{"allOf": [{"properties": {"a": true}}], "anyOf": [{"required": ["b"], "properties": {"b": true}}, {"properties": {"c": true}}], "unevaluatedProperties": false}`,
			value:  `{"a": 1, "b": 2, "d": 3}`,
			all:    []string{`unevaluatedProperties : property "d" is not expected here`},
		},
		{
			name: "unevaluated items", dialect: d31,
			schema: `{"prefixItems": [true], "contains": {"type": "string"}, "unevaluatedItems": false}`,
			value:  `[1, "a", 2]`, all: []string{`unevaluatedItems : array has 3 items, more than 2`},
		},
		{
			name: "siblings of $ref say nothing in 3.0", dialect: d30,
			schema: `{"$ref": "#/schema/definitions/s", "maxLength": 1, "definitions": {"s": {"type": "string"}}}`, value: `"ab"`,
		},
		{
			name: "and something in 3.1", dialect: d31,
			schema: `{"$ref": "#/schema/$defs/s", "maxLength": 1, "$defs": {"s": {"type": "string"}}}`, value: `"ab"`,
			all: []string{`maxLength : value "ab" has 2 characters, more than 1`},
		},
		{name: "a schema that is itself", dialect: d31, schema: `{"$ref": "#/schema"}`, value: `5`},
		{
			name: "a recursive schema", dialect: d31,
			schema: `{"properties": {"child": {"$ref": "#/schema"}}, "additionalProperties": false}`, value: `{"child": {"child": {"x": 1}}}`,
			all: []string{`additionalProperties /child/child: property "x" is not expected here`},
		},
		{name: "a reference to nothing", dialect: d31, schema: `{"$ref": "#/nowhere"}`, value: `5`},
		{name: "keywords that make no sense", dialect: d31, schema: `{"type": 5, "pattern": "(", "items": 7, "required": {}, "minimum": "x"}`, value: `[1]`},
		{
			name: "equality", dialect: d31, schema: `{"enum": [{"a": [1, 2], "b": null}]}`, value: `{"b": null, "a": [1.0, 2]}`,
		},
		{
			name: "properties in JavaScript's order", dialect: d31,
			schema: `{"properties": {"b": {"type": "string"}, "10": {"type": "string"}, "2": {"type": "string"}}}`,
			value:  `{"b": 1, "10": 1, "2": 1}`,
			all: []string{
				`type /2: value 1 is a number, not a string`, `type /10: value 1 is a number, not a string`,
				`type /b: value 1 is a number, not a string`,
			},
			first: []string{`type /2: value 1 is a number, not a string`},
		},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			schema, value := pair(t, tc.schema, tc.value)
			s := jsonschema.NewCompiler(tc.dialect, jsonschema.Options{}).Compile(schema)
			if tc.first == nil {
				tc.first = tc.all
			}
			for _, mode := range []struct {
				mode jsonschema.Mode
				want []string
			}{{jsonschema.Mode{All: true}, tc.all}, {jsonschema.Mode{}, tc.first}} {
				errs, err := s.Validate(value, mode.mode)
				if err != nil {
					t.Fatal(err)
				}
				want := append([]string{}, mode.want...)
				if diff := cmp.Diff(want, found(errs, value)); diff != "" {
					t.Errorf("%+v: (-want +got)\n%s", mode.mode, diff)
				}
			}
		})
	}
}

func TestValidateRelaxed(t *testing.T) {
	t.Parallel()
	schema, value := pair(t, `{
		"required": ["id", "secret", "name"],
		"properties": {"id": {"$ref": "#/schema/definitions/id"}, "secret": {"writeOnly": true}, "name": {}},
		"not": {"required": ["id"], "properties": {"id": {"readOnly": true}}},
		"definitions": {"id": {"readOnly": true}}}`, `{"name": "Rex"}`)
	s := jsonschema.NewCompiler(jsonschema.OpenAPI30, jsonschema.Options{}).Compile(schema)
	cases := []struct {
		mode jsonschema.Mode
		want []string
	}{
		{jsonschema.Mode{All: true}, []string{`required : property "id" is missing`, `required : property "secret" is missing`}},
		{jsonschema.Mode{All: true, Request: true}, []string{`required : property "secret" is missing`}},
		{jsonschema.Mode{All: true, Response: true}, []string{`required : property "id" is missing`}},
	}
	for _, tc := range cases {
		errs, err := s.Validate(value, tc.mode)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tc.want, found(errs, value)); diff != "" {
			t.Errorf("%+v: (-want +got)\n%s", tc.mode, diff)
		}
	}
}

func TestErrorMessage(t *testing.T) {
	t.Parallel()
	schema, value := pair(t, `{"properties": {"a": {"type": "string", "minLength": 2, "errorMessage": "a is no name"}}}`, `{"a": 5}`)
	for _, known := range []bool{true, false} {
		s := jsonschema.NewCompiler(jsonschema.Draft07, jsonschema.Options{ErrorMessage: known}).Compile(schema)
		errs, _ := s.Validate(value, jsonschema.Mode{All: true})
		want := []string{`errorMessage /a: a is no name`}
		if !known {
			want = []string{`type /a: value 5 is a number, not a string`}
		}
		if diff := cmp.Diff(want, found(errs, value)); diff != "" {
			t.Errorf("known %v: (-want +got)\n%s", known, diff)
		}
	}
}

func TestTooMuchWork(t *testing.T) {
	t.Parallel()
	// Each schema applies the next one twice: 2^40 times in all.
	text := `{"value": 1, "s40": {"type": "integer"}`
	for _, name := range []string{"0", "1", "2", "3"} {
		for i := range 10 {
			next := name + string(rune('0'+i+1))
			if i == 9 {
				next = string(rune(name[0]+1)) + "0"
			}
			text += `, "s` + name + string(rune('0'+i)) + `": {"allOf": [{"$ref": "#/s` + next + `"}, {"$ref": "#/s` + next + `"}]}`
		}
	}
	n := node(t, text+"}")
	s := jsonschema.NewCompiler(jsonschema.Draft07, jsonschema.Options{}).Compile(n.Get("s00"))
	if _, err := s.Validate(n.Get("value"), jsonschema.Mode{MaxSteps: 100_000}); !errors.Is(err, jsonschema.ErrTooMuchWork) {
		t.Errorf("got %v, want ErrTooMuchWork", err)
	}
	s = jsonschema.NewCompiler(jsonschema.Draft07, jsonschema.Options{}).Compile(n.Get("s35"))
	if errs, err := s.Validate(n.Get("value"), jsonschema.Mode{}); err != nil || errs != nil {
		t.Errorf("got %v, %v for a schema of 2^5 steps", errs, err)
	}
}
