package jsonschema_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// texts are schemas with values; Matches has to agree with Validate wherever
// it says yes, and to say yes where sure is set.
var texts = []struct {
	name, schema, value string
	sure                bool
}{
	{"any", `{}`, `{"a": [1, null]}`, true},
	{"type", `{"type": "integer"}`, `1e2`, true},
	{"wrong type", `{"type": "integer"}`, `1.5`, false},
	{"nullable", `{"type": ["string", "null"]}`, `null`, true},
	{"object", `{"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"minimum": 3}}}`, `{"b": 4, "a": "\u0061"}`, true},
	{"lacks a", `{"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}`, `{"b": 4}`, false},
	{"required and not declared", `{"required": ["z"], "additionalProperties": {"type": "integer"}}`, `{"z": "x"}`, false},
	{"closed", `{"properties": {"a": {}}, "additionalProperties": false}`, `{"a": 1, "b": 2}`, false},
	{"map", `{"additionalProperties": {"type": "integer"}}`, `{"a": 1, "b": 2}`, true},
	{"array", `{"type": "array", "minItems": 2, "items": {"enum": ["x", 1, true, null]}}`, `["x", 1.0, true, null]`, true},
	{"too few", `{"minItems": 2}`, `[1]`, false},
	{"tuple", `{"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}`, `["a", 2, 3]`, true},
	{"unique", `{"uniqueItems": true}`, `["a", "b"]`, true},
	{"not unique", `{"uniqueItems": true}`, `["a", "a"]`, false},
	{"allOf", `{"allOf": [{"required": ["a"]}, {"properties": {"a": {"maximum": 3}}}]}`, `{"a": 3}`, true},
	{"oneOf", `{"oneOf": [{"type": "string"}, {"type": "integer"}]}`, `7`, true},
	{"two of oneOf", `{"oneOf": [{"type": "number"}, {"type": "integer"}]}`, `7`, false},
	{"anyOf", `{"anyOf": [{"type": "null"}, {"type": "object", "required": ["id"]}]}`, `{"id": 1}`, true},
	{"format", `{"format": "date-time"}`, `"2026-01-01T00:00:00Z"`, true},
	{"wrong format", `{"format": "date-time"}`, `"yesterday"`, false},
	{"pattern", `{"pattern": "^a+$", "maxLength": 3}`, `"aaa"`, true},
	{"characters", `{"maxLength": 3, "minLength": 3}`, `"äöü"`, true},
	{"not", `{"not": {"type": "string"}}`, `1`, false},
	{"truncated", `{}`, `{"a": [1, `, false},
	{"more after it", `{}`, `{} {}`, false},
	{"control character", `{}`, "\"a\nb\"", false},
	{"leading zero", `{}`, `[01]`, false},
	{"itself", `{"$ref": "#/$defs/a", "$defs": {"a": {"type": "object", "properties": {"next": {"$ref": "#/$defs/a"}}}}}`, `{"next": {"next": {}}}`, true},
	{"itself without end", `{"$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}}`, `1`, false},
	{"deep", `{}`, strings.Repeat("[", 5000) + strings.Repeat("]", 5000), false},
}

func TestTextAgreesWithTheTree(t *testing.T) {
	t.Parallel()
	for _, tt := range texts {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := jsonschema.NewCompiler(jsonschema.Draft202012, jsonschema.Options{}).Compile(node(t, tt.schema))
			if got := jsonschema.NewText(s, jsonschema.Mode{}).Matches([]byte(tt.value)); got != tt.sure {
				t.Errorf("Matches says %v of %s", got, tt.value)
			}
			if tt.sure {
				if errs, err := s.Validate(node(t, tt.value), jsonschema.Mode{}); err != nil || errs != nil {
					t.Errorf("the tree does not match: %v %v", errs, err)
				}
			}
		})
	}
}

func TestTextKnowsTheSide(t *testing.T) {
	t.Parallel()
	schema := node(t, `{"required": ["id", "secret"], "properties": {"id": {"readOnly": true}, "secret": {"writeOnly": true}}}`)
	s := jsonschema.NewCompiler(jsonschema.OpenAPI31, jsonschema.Options{}).Compile(schema)
	for _, tt := range []struct {
		text string
		mode jsonschema.Mode
		want bool
	}{
		{`{"id": 1}`, jsonschema.Mode{Response: true}, true},
		{`{"id": 1}`, jsonschema.Mode{Request: true}, false},
		{`{"secret": 1}`, jsonschema.Mode{Request: true}, true},
	} {
		if got := jsonschema.NewText(s, tt.mode).Matches([]byte(tt.text)); got != tt.want {
			t.Errorf("%s with %+v: %v, want %v", tt.text, tt.mode, got, tt.want)
		}
	}
}

// FuzzText looks for texts of which the pass and the tree say different
// things: what surely matches has to match.
func FuzzText(f *testing.F) {
	for _, tt := range texts {
		f.Add(tt.schema, tt.value)
	}
	f.Fuzz(func(t *testing.T, schema, value string) {
		if len(schema)+len(value) > 5000 || !json.Valid([]byte(schema)) {
			return
		}
		sn, err := openapi.ParseTree("", []byte(schema))
		if err != nil {
			return
		}
		s := jsonschema.NewCompiler(jsonschema.OpenAPI31, jsonschema.Options{}).Compile(sn)
		if !jsonschema.NewText(s, jsonschema.Mode{}).Matches([]byte(value)) {
			return
		}
		if !json.Valid([]byte(value)) {
			t.Fatalf("%q is no JSON", value)
		}
		tree, err := openapi.ParseTree("", []byte(value))
		if err != nil || len(tree.Source().Problems()) > 0 {
			return // NUL, too deep, or a name twice
		}
		if errs, err := s.Validate(tree, jsonschema.Mode{}); err == nil && len(errs) > 0 {
			t.Errorf("%s surely matches %s, but %s", value, schema, errs[0].Message())
		}
	})
}

// BenchmarkText checks an answer of 4 KB: 12 issues.
func BenchmarkText(b *testing.B) {
	const schema = `{"type": "array", "items": {"type": "object", "required": ["id", "title", "state", "user", "created_at"], "properties": {
		"id": {"type": "integer", "format": "int64"}, "title": {"type": "string"}, "body": {"type": "string", "nullable": true},
		"state": {"type": "string", "enum": ["open", "closed"]}, "comments": {"type": "integer", "minimum": 0},
		"url": {"type": "string", "format": "uri"},
		"user": {"type": "object", "nullable": true, "required": ["login", "id"], "properties": {"login": {"type": "string"}, "id": {"type": "integer"}}},
		"labels": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}, "color": {"type": "string"}}}},
		"created_at": {"type": "string", "format": "date-time"}, "closed_at": {"type": "string", "format": "date-time", "nullable": true}}}}`
	const issue = `{"id":2918,"title":"The list is empty after a reload","body":"It was full before. Steps to see it: open the list, reload the page.","state":"open","comments":12,"url":"https://example.com/issues/2918","user":{"login":"ann","id":7},"labels":[{"name":"bug","color":"ff0000"},{"name":"list","color":"00ff00"}],"created_at":"2026-01-01T12:00:00Z","closed_at":null}`
	text := []byte("[" + strings.Repeat(issue+",", 11) + issue + "]")
	s := jsonschema.NewCompiler(jsonschema.OpenAPI30, jsonschema.Options{}).Compile(node(b, schema))
	b.Run("text", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		t := jsonschema.NewText(s, jsonschema.Mode{Response: true})
		for b.Loop() {
			if !t.Matches(text) {
				b.Fatal("it does not match")
			}
		}
	})
	b.Run("tree", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			tree, err := openapi.ParseTree("", text)
			if err != nil {
				b.Fatal(err)
			}
			if errs, err := s.Validate(tree, jsonschema.Mode{Response: true}); err != nil || len(errs) > 0 {
				b.Fatal(errs, err)
			}
		}
	})
	b.Run("kin-openapi", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		var kin openapi3.Schema
		if err := json.Unmarshal([]byte(schema), &kin); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			var v any
			if err := json.Unmarshal(text, &v); err != nil {
				b.Fatal(err)
			}
			if err := kin.VisitJSON(v, openapi3.VisitAsResponse()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding/json alone", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			var v any
			if err := json.Unmarshal(text, &v); err != nil {
				b.Fatal(err)
			}
		}
	})
}
