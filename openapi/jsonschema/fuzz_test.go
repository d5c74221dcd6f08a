package jsonschema_test

import (
	"errors"
	"testing"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// FuzzValidate compiles any text as a schema and checks any text against it:
// nothing panics, the two modes agree whether the value matches, and every
// error has a value, a schema and a message.
func FuzzValidate(f *testing.F) {
	for _, seed := range []struct{ schema, value string }{
		{`{"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#"}}, "additionalProperties": false}`, `{"a": {"b": 1}}`},
		{`{"anyOf": [{"type": "string", "pattern": "^(a|b)[c-d]{2,3}\\d$", "format": "uri"}, {"oneOf": [{"minimum": 1}, true]}]}`, `"a"`},
		{`{"$id": "http://x/", "$defs": {"a": {"$anchor": "a", "$dynamicAnchor": "n"}}, "$dynamicRef": "#n", "unevaluatedProperties": {"type": 5}}`, `{"a": null}`},
		{`{"prefixItems": [{"const": 1}], "items": false, "contains": {"enum": [[], {}]}, "uniqueItems": true, "unevaluatedItems": false}`, `[1, {}, {}]`},
		{`{"if": {"propertyNames": {"maxLength": 1}}, "then": {"dependentRequired": {"a": ["b"]}}, "else": {"not": {}}}`, `{"a": 1e400}`},
		{`{"allOf": [{"$ref": "#"}, {"$ref": "#/allOf/0"}], "multipleOf": 1e-300, "exclusiveMinimum": true, "minimum": 0, "nullable": 3}`, `-0`},
		{`{"patternProperties": {"[\\p{L}": {}, "(?=x)": {"minItems": -1}}, "dependencies": {"x": ["y"], "y": {}}}`, `{"x": 1}`},
	} {
		for d := range byte(6) {
			f.Add(d, seed.schema, seed.value)
		}
	}
	f.Fuzz(func(t *testing.T, dialect byte, schemaText, valueText string) {
		schema, err := openapi.ParseTree("schema", []byte(schemaText))
		if err != nil {
			return
		}
		value, err := openapi.ParseTree("value", []byte(valueText))
		if err != nil {
			return
		}
		c := jsonschema.NewCompiler(jsonschema.Dialect(dialect%6+1), jsonschema.Options{ErrorMessage: dialect > 100})
		s := c.Compile(schema)
		s.Survey()
		all, err := s.Validate(value, jsonschema.Mode{All: true, MaxSteps: 20_000})
		first, err2 := s.Validate(value, jsonschema.Mode{MaxSteps: 20_000})
		if err != nil || err2 != nil {
			if !errors.Is(errors.Join(err, err2), jsonschema.ErrTooMuchWork) {
				t.Fatal(err, err2)
			}
			return
		}
		if (len(all) == 0) != (len(first) == 0) {
			t.Errorf("%d errors in all, %d at first", len(all), len(first))
		}
		for _, errs := range [][]jsonschema.Error{all, first} {
			for i := range errs {
				if e := &errs[i]; e.Instance == nil || e.Schema == nil || e.Instance.Source() == nil || e.Message() == "" {
					t.Errorf("%+v says too little", e)
				}
			}
		}
	})
}
