package oas

import (
	"encoding/json"
	"sync"

	"github.com/pb33f/libopenapi/datamodel"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// published returns the schema of descriptions of a version that the OpenAPI
// Initiative publishes, prepared and compiled. It is nil where the version
// has none.
func published(v openapi.Version) *jsonschema.Schema {
	switch v {
	case openapi.V20:
		return schema20()
	case openapi.V30:
		return schema30()
	case openapi.V31:
		return schema31()
	case openapi.V32:
		return schema32()
	}
	return nil
}

// The schemas are constants that are computed when first asked for.
var (
	schema20 = sync.OnceValue(func() *jsonschema.Schema {
		return prepare(datamodel.OpenAPI2SchemaData, jsonschema.Draft04, amend20)
	})
	schema30 = sync.OnceValue(func() *jsonschema.Schema {
		return prepare(datamodel.OpenAPI3SchemaData, jsonschema.Draft04, amend30)
	})
	schema31 = sync.OnceValue(func() *jsonschema.Schema {
		return prepare(datamodel.OpenAPI31SchemaData, jsonschema.Draft202012, amend31)
	})
	schema32 = sync.OnceValue(func() *jsonschema.Schema {
		return prepare(datamodel.OpenAPI32SchemaData, jsonschema.Draft202012, amend32)
	})
)

// prepare reads a published schema, rewrites it so that its errors name the
// cause, and compiles it. What is embedded is known to be sound, so that an
// error is a mistake of this program; it makes the schema nil.
func prepare(text string, d jsonschema.Dialect, amend func(r *rewriter)) *jsonschema.Schema {
	var root map[string]any
	if json.Unmarshal([]byte(text), &root) != nil {
		return nil
	}
	r := &rewriter{root: root}
	amend(r)
	r.rewrite(root)
	n := tree(root)
	if n == nil {
		return nil
	}
	resources := map[string]*openapi.Node{
		"http://json-schema.org/draft-04/schema": jsonschema.MetaSchema("draft-04"),
	}
	for uri, discriminator := range schemaObjects {
		resources[uri] = schemaObject(uri, discriminator)
	}
	c := jsonschema.NewCompiler(d, jsonschema.Options{Resources: resources, ErrorMessage: true})
	return c.Compile(n)
}

// tree turns decoded JSON into nodes.
func tree(v any) *openapi.Node {
	data, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	n, err := openapi.ParseTree("schema", data)
	if err != nil {
		return nil
	}
	return n
}

// The schemas of Schema Objects in OpenAPI 3.1 and 3.2: those of 2020-12 with
// what OpenAPI adds. The published schemas of descriptions leave them open.
const (
	schemaObject31 = "plumb:schema-object-3.1"
	schemaObject32 = "plumb:schema-object-3.2"
)

// schemaObjects says for each what must be in a discriminator.
var schemaObjects = map[string][]any{
	schemaObject31: {"propertyName"},
	schemaObject32: {},
}

func schemaObject(uri string, discriminator []any) *openapi.Node {
	root, ok := jsonschema.MetaSchema("2020-12").Value().(map[string]any)
	if !ok {
		return nil
	}
	root["$id"] = uri
	properties, ok := root["properties"].(map[string]any)
	if !ok {
		return nil
	}
	text := object{"type": "string"}
	flag := object{"type": "boolean"}
	closed := func(required []any, properties object) object {
		return object{
			"type": "object", "required": required, "properties": properties,
			"patternProperties": object{"^x-": true}, "unevaluatedProperties": false,
		}
	}
	properties["example"] = true
	properties["discriminator"] = closed(discriminator, object{
		"propertyName": text, "mapping": object{"type": "object", "additionalProperties": text},
		"defaultMapping": text,
	})
	properties["externalDocs"] = closed([]any{"url"}, object{
		"url": object{"type": "string", "format": "uri-reference"}, "description": text,
	})
	properties["xml"] = closed([]any{}, object{
		"name": text, "namespace": text, "prefix": text, "attribute": flag, "wrapped": flag,
		"nodeType": object{"enum": []any{"element", "attribute", "text", "cdata", "none"}},
	})
	if uri == schemaObject31 {
		for _, name := range []string{"discriminator", "xml"} {
			of, _ := properties[name].(object)
			members, _ := of["properties"].(object)
			delete(members, "defaultMapping")
			delete(members, "nodeType")
		}
	}
	return tree(root)
}
