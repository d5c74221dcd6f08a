package openapi_test

import (
	"io/fs"
	"net/url"
	"testing"
	"testing/fstest"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/openapi"
)

// files makes a file system from names and texts.
func files(texts map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range texts {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// kinLoad loads a document of many files with kin-openapi's own loader.
func kinLoad(fsys fs.FS, name string) (*openapi3.T, error) {
	l := openapi3.NewLoader()
	l.IsExternalRefsAllowed = true
	l.ReadFromURIFunc = func(_ *openapi3.Loader, u *url.URL) ([]byte, error) { return fs.ReadFile(fsys, u.Path) }
	return l.LoadFromURI(&url.URL{Path: name})
}

// modelCases are descriptions that use what the corpus does not. Each is the
// root file "api/root.yaml" with what it refers to.
var modelCases = []struct {
	name  string
	files map[string]string
}{
	{"every member of 3.0", map[string]string{"api/root.yaml": every30}},
	{"every member of 3.1", map[string]string{"api/root.yaml": every31}},
	{"every member of 3.2", map[string]string{"api/root.yaml": every32}},
	{"null for everything", map[string]string{"api/root.yaml": nulls}},
	{"numbers as YAML writes them", map[string]string{"api/root.yaml": `
openapi: 3.0.3
info: {title: Numbers, version: "1", x-all: [0x1F, 0o17, 017, 1e3, 1.50, .5, +3, -0, 0.0000001, 12345678901234567890123, 18446744073709551615]}
paths:
  /a:
    get:
      parameters:
        - {name: q, in: query, schema: {type: string, maxLength: 9223372036854775807, minLength: 2.0}}
      responses: {200: {description: keys that are numbers}}
components:
  schemas:
    A: {type: integer, maxLength: 9223372036854775807, minLength: 0x10, maximum: 1e3, minimum: -1.5e1, default: 0x10}
    B: {type: array, maxItems: 3, minItems: 1.0, additionalProperties: {maxLength: 9223372036854775807}}
`}},
	{"names in another case", map[string]string{"api/root.yaml": `
openapi: 3.0.3
info: {Title: Case, version: "1", DESCRIPTION: loud}
paths:
  /a:
    Get:
      OperationID: listA
      responses: {"200": {Description: fine}}
components:
  schemas:
    A: {Type: string, readonly: true, MaxLength: 3, x-Own: 1}
`}},
	{"references of every kind", map[string]string{"api/root.yaml": `
openapi: 3.0.3
info: {title: Refs, version: "1"}
paths:
  /a: {$ref: "#/paths/~1b"}
  /b:
    parameters: [{$ref: "#/components/parameters/P"}]
    get:
      parameters: [{$ref: "#/paths/~1c~0d/get/parameters/0"}]
      requestBody: {$ref: "#/components/requestBodies/B"}
      responses: {"200": {$ref: "#/components/responses/R"}, default: {$ref: "#/components/responses/R"}}
      callbacks: {done: {$ref: "#/components/callbacks/C"}}
  /c~d:
    get:
      parameters: [{name: q, in: query, schema: {$ref: "#/components/schemas/Tree"}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Tree/properties/kids/items"}}}}}
components:
  parameters: {P: {$ref: "#/components/parameters/Q"}, Q: {name: p, in: header, content: {a/b: {schema: {$ref: "#/components/schemas/A%20B"}}}}}
  requestBodies: {B: {content: {a/b: {examples: {e: {$ref: "#/components/examples/E"}}, schema: {$ref: "#/components/schemas/Tree"}}}}}
  responses:
    R:
      description: ok
      headers: {H: {$ref: "#/components/headers/H"}}
      links: {L: {$ref: "#/components/links/L"}}
      content: {a/b: {schema: {$ref: "#/components/responses/S/content/a~1b/schema"}}}
    S: {description: other, content: {a/b: {schema: {type: string}}}}
  headers: {H: {schema: {$ref: "#/components/schemas/Tree"}}}
  links: {L: {operationId: listA}}
  examples: {E: {value: {$ref: "#/data/not/a/reference"}}}
  callbacks: {C: {"{$request.body#/url}": {post: {responses: {"204": {description: done}}}}}}
  securitySchemes: {K: {$ref: "#/components/securitySchemes/J"}, J: {type: apiKey, in: header, name: k}}
  schemas:
    Tree: {type: object, properties: {kids: {type: array, items: {$ref: "#/components/schemas/Tree"}}, mate: {$ref: "#/components/schemas/Mate"}}}
    Mate: {allOf: [{$ref: "#/components/schemas/Tree"}, {type: object, properties: {of: {$ref: "#/components/schemas/Mate"}}}]}
    A B: {type: string}
    D: {oneOf: [{$ref: "#/components/schemas/Tree"}], discriminator: {propertyName: t, mapping: {tree: "#/components/schemas/Tree", mate: Mate}}}
`}},
	{"what stands beside a reference, 3.0", map[string]string{"api/root.yaml": beside("3.0.3")}},
	{"what stands beside a reference, 3.1", map[string]string{"api/root.yaml": beside("3.1.0")}},
	{"places that the model has no fields for", map[string]string{"api/root.yaml": `
openapi: 3.1.0
info: {title: Untyped, version: "1"}
paths:
  /a: {$ref: "#/components/pathItems/Shared"}
components:
  pathItems: {Shared: {get: {parameters: [{$ref: "#/x-parts/limit"}], responses: {"200": {$ref: "#/x-parts/ok"}}}}}
  schemas:
    A: {$ref: "#/x-parts/deep/schema"}
    B: {$ref: "#/components/schemas/A/properties/id"}
x-parts:
  limit: {name: limit, in: query, schema: {type: integer, maximum: 50}}
  ok: {description: ok, content: {a/b: {schema: {$ref: "#/components/schemas/A"}}}}
  deep: {schema: {type: object, properties: {id: {type: string}}}}
`}},
	{"many files", map[string]string{
		"api/root.yaml": `
openapi: 3.0.3
info: {title: Files, version: "1"}
paths:
  /a: {$ref: "paths/a.yaml"}
  /b: {$ref: "shared.json#/paths/~1b"}
components:
  schemas:
    Pet: {$ref: "schemas/pet.yaml"}
    Tag: {$ref: "shared.json#/components/schemas/Tag"}
    Any: {oneOf: [{$ref: "#/components/schemas/Pet"}], discriminator: {propertyName: t, mapping: {pet: "schemas/pet.yaml", tag: "./shared.json#/components/schemas/Tag"}}}
`,
		"api/paths/a.yaml": `
get:
  parameters: [{$ref: "../../common/parts.yaml#/limit"}]
  responses:
    "200": {description: ok, content: {a/b: {schema: {$ref: "../schemas/pet.yaml"}}}}
    "404": {$ref: "../shared.json#/components/responses/Gone"}
`,
		"api/schemas/pet.yaml": `
type: object
properties:
  name: {type: string, maxLength: 10}
  tag: {$ref: "../shared.json#/components/schemas/Tag"}
`,
		"api/shared.json": `{"openapi":"3.0.3","info":{"title":"s","version":"1"},
"paths":{"/b":{"get":{"responses":{"200":{"$ref":"#/components/responses/Gone"}}}}},
"components":{"schemas":{"Tag":{"type":"object","properties":{"up":{"$ref":"#/components/schemas/Tag"},"pet":{"$ref":"schemas/pet.yaml"}}}},
"responses":{"Gone":{"description":"gone","content":{"a/b":{"schema":{"$ref":"#/components/schemas/Tag"}}}}}}}`,
		"common/parts.yaml": `
limit: {name: limit, in: query, schema: {$ref: "#/size"}}
size: {type: integer, minimum: 1}
`,
	}},
}

func TestModelEqualsKinLoaderOnEveryFeature(t *testing.T) {
	t.Parallel()
	for _, tc := range modelCases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			fsys := files(tc.files)
			want, err := kinLoad(fsys, "api/root.yaml")
			if err != nil {
				t.Fatalf("kin-openapi: %v", err)
			}
			doc, err := openapi.Load(t.Context(), fsys, "api/root.yaml")
			if err != nil {
				t.Fatalf("Load: %v", err)
			}
			got, err := doc.Model()
			if err != nil {
				t.Fatalf("Model: %v", err)
			}
			if diff := cmp.Diff(want, got, everyField); diff != "" {
				t.Errorf("Model (-kin +ours):\n%s", short(diff))
			}
		})
	}
}

func TestModelErrors(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, text, want string }{
		{"a list for text", "openapi: 3.0.3\ninfo: {title: [12], version: '1'}\n", `api.yaml:2:15: "title" must be a string, not an array`},
		{"an object for a list", "openapi: 3.0.3\ntags: {a: 1}\n", `api.yaml:2:7: "tags" must be an array, not an object`},
		{"text for an object", "openapi: 3.0.3\npaths:\n  /a: none\n", `api.yaml:3:7: a path item must be an object, not a string`},
		{"a fraction of a character", "openapi: 3.0.3\ncomponents: {schemas: {A: {maxLength: 1.5}}}\n", `api.yaml:2:39: "maxLength" must be a whole number that is not negative: "1.5"`},
		{"an infinite number", "openapi: 3.0.3\ncomponents: {schemas: {A: {maximum: .inf}}}\n", `api.yaml:2:37: "maximum" is no number that fits: ".inf"`},
		{"a list in a list", "openapi: 3.0.3\ncomponents: {schemas: {A: {required: [[]]}}}\n", `api.yaml:2:39: element 0 of "required" must be a string, not an array`},
		{"a reference to nothing", "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n", `api.yaml:4:15: reference "#/components/schemas/B" leads nowhere: /components/schemas has no "B"`},
		{"a reference to something else", "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {$ref: '#/info'}\ninfo: {title: t, version: '1'}\n", `api.yaml:4:15: reference "#/info" cannot be followed: bad data in "#/info" (expecting ref to schema object)`},
		{"an extension's reference to nothing is not at fault", "openapi: 3.0.3\nx: {$ref: '#/none'}\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n", `api.yaml:5:15: reference "#/components/schemas/B" leads nowhere: /components/schemas has no "B"`},
		{"schema and content", "openapi: 3.0.3\nx: {$ref: '#/none'}\npaths: {/a: {parameters: [{name: a, in: query, schema: {}, content: {}}]}}\n", `api.yaml:1:1: the document cannot be modelled: cannot contain both schema and content in a parameter`},
		{"a schema that is a list", "openapi: 3.0.3\ncomponents: {schemas: {A: []}}\n", `api.yaml:2:27: a schema must be an object, not an array`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			doc, err := openapi.Parse("api.yaml", []byte(tc.text))
			if err != nil {
				t.Fatalf("Parse: %v", err)
			}
			model, err := doc.Model()
			if err == nil {
				t.Fatalf("Model returned %v and no error", model)
			}
			if diff := cmp.Diff(tc.want, err.Error()); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if _, err := openapi3.NewLoader().LoadFromData([]byte(tc.text)); err == nil {
				t.Error("kin-openapi has nothing against it")
			}
		})
	}
}
