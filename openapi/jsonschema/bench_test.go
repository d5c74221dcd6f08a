package jsonschema_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi/datamodel"
	peer "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// description makes a description of n operations, sound but for bad ones.
func description(n, bad int) string {
	var b strings.Builder
	b.WriteString(`{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {`)
	for i := range n {
		kind := "string"
		if i < bad {
			kind = "strng"
		}
		fmt.Fprintf(&b, `"/items%d/{id}": {"get": {"operationId": "op%d", "tags": ["a", "b"], "summary": "Text",
			"parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer", "format": "int64", "minimum": 0}},
				{"$ref": "#/components/parameters/page"}],
			"responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "object", "required": ["a"],
				"properties": {"a": {"type": %q, "maxLength": 5}, "b": {"type": "array", "items": {"$ref": "#/components/schemas/s"}}},
				"additionalProperties": false}, "example": {"a": "x", "b": [1, 2, 3]}}}}, "404": {"$ref": "#/components/responses/r"}}}},`, i, i, kind)
	}
	b.WriteString(`"/last": {"get": {"responses": {"200": {"description": "ok"}}}}}, "components": {"schemas": {"s": {"type": "integer"}}}}`)
	return b.String()
}

// BenchmarkDescription checks a description of 1,000 operations against the
// published schema of OpenAPI 3.0, compiled before: one that matches, and
// one of which 20 operations do not, with all errors.
func BenchmarkDescription(b *testing.B) {
	schema := node(b, datamodel.OpenAPI3SchemaData)
	s := jsonschema.NewCompiler(jsonschema.Draft04, jsonschema.Options{}).Compile(schema)
	c := peer.NewCompiler()
	c.AssertFormat()
	parsed, err := peer.UnmarshalJSON(strings.NewReader(datamodel.OpenAPI3SchemaData))
	if err != nil {
		b.Fatal(err)
	}
	if err := c.AddResource("schema.json", parsed); err != nil {
		b.Fatal(err)
	}
	p, err := c.Compile("schema.json")
	if err != nil {
		b.Fatal(err)
	}
	for _, bad := range []int{0, 20} {
		text := description(1000, bad)
		value := node(b, text)
		decoded, err := peer.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("bad=%d/ours", bad), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if errs, err := s.Validate(value, jsonschema.Mode{All: true}); err != nil || (len(errs) > 0) != (bad > 0) {
					b.Fatal(len(errs), err)
				}
			}
		})
		b.Run(fmt.Sprintf("bad=%d/santhosh-tekuri", bad), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := p.Validate(decoded); (err != nil) != (bad > 0) {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCompile reads and compiles the published schema of OpenAPI 3.0.
func BenchmarkCompile(b *testing.B) {
	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			jsonschema.NewCompiler(jsonschema.Draft04, jsonschema.Options{}).Compile(node(b, datamodel.OpenAPI3SchemaData))
		}
	})
	b.Run("santhosh-tekuri", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c := peer.NewCompiler()
			parsed, err := peer.UnmarshalJSON(strings.NewReader(datamodel.OpenAPI3SchemaData))
			if err != nil {
				b.Fatal(err)
			}
			if err := c.AddResource("schema.json", parsed); err != nil {
				b.Fatal(err)
			}
			if _, err := c.Compile("schema.json"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
