package openapi_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/openapi"
)

const swagger = `swagger: "2.0"
info: {title: Old, version: "1"}
host: api.example.com
basePath: /v1
schemes: [http, https]
consumes: [application/json]
produces: [application/json, text/plain]
securityDefinitions:
  basic: {type: basic}
  oauth:
    type: oauth2
    flow: accessCode
    authorizationUrl: https://example.com/a
    tokenUrl: https://example.com/t
    scopes: {read: r}
parameters:
  Limit: {name: limit, in: query, type: integer, maximum: 10}
  Pet:
    name: pet
    in: body
    schema: {$ref: "#/definitions/Pet"}
  Photo: {name: photo, in: formData, type: file}
responses:
  Gone: {description: gone, schema: {$ref: "#/definitions/Pet"}}
paths:
  /pets/{id}:
    parameters:
      - {name: id, in: path, required: true, type: string, minLength: 2}
    get:
      operationId: getPet
      parameters:
        - {$ref: "#/parameters/Limit"}
        - {name: tags, in: query, type: array, items: {type: string}, collectionFormat: multi}
      responses:
        "200":
          description: ok
          headers: {X-Rate: {type: integer}}
          schema:
            type: array
            items: {$ref: "#/definitions/Pet"}
          examples:
            application/json: [{name: a}]
        "410": {$ref: "#/responses/Gone"}
    put:
      parameters:
        - {name: dry, in: query, type: boolean}
        - name: body
          in: body
          schema: {type: object, properties: {name: {type: string}}}
      responses: {"204": {description: done}}
    post:
      consumes: [multipart/form-data]
      parameters:
        - {name: note, in: formData, type: string, maxLength: 5}
        - {$ref: "#/parameters/Photo"}
      responses: {"204": {description: done}}
    patch:
      parameters: [{$ref: "#/parameters/Pet"}]
      responses: {"204": {description: done}}
definitions:
  Pet:
    type: object
    discriminator: kind
    properties:
      name: {type: string, x-nullable: true}
      mate: {$ref: "#/definitions/Pet"}
      pair: {items: [{type: string}, {$ref: "#/definitions/Pet"}]}
`

func TestOriginOfUpgraded(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("old.yaml", []byte(swagger))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := doc.Model(); err != nil {
		t.Fatal(err)
	}
	const pets, json = "/paths/~1pets~1{id}", "/content/application~1json"
	for pointer, want := range map[string]string{
		"":                                      "",
		"/openapi":                              "/swagger",
		"/info/title":                           "/info/title",
		"/servers":                              "/host",
		"/servers/0":                            "/schemes/0",
		"/servers/1/url":                        "/host",
		"/components":                           "",
		"/components/schemas":                   "/definitions",
		"/components/schemas/Pet":               "/definitions/Pet",
		"/components/schemas/Photo":             "/parameters/Photo",
		"/components/schemas/Photo/type":        "/parameters/Photo/type",
		"/components/schemas/Pet/discriminator": "/definitions/Pet/discriminator",
		"/components/schemas/Pet/discriminator/propertyName":         "/definitions/Pet/discriminator",
		"/components/schemas/Pet/properties/name/nullable":           "/definitions/Pet/properties/name/x-nullable",
		"/components/schemas/Pet/properties/mate/properties/mate":    "/definitions/Pet/properties/mate",
		"/components/schemas/Pet/properties/pair/items/anyOf/1":      "/definitions/Pet/properties/pair/items/1",
		"/components/schemas/Pet/properties/pair/items/anyOf/1/type": "/definitions/Pet/type",
		"/components/parameters/Limit/schema/maximum":                "/parameters/Limit/maximum",
		"/components/requestBodies/Pet" + json + "/schema":           "/parameters/Pet/schema",
		"/components/requestBodies/Pet/x-originalParamName":          "/parameters/Pet/name",
		"/components/responses/Gone/description":                     "/responses/Gone/description",
		"/components/securitySchemes/basic/scheme":                   "/securityDefinitions/basic/type",
		"/components/securitySchemes/oauth/flows":                    "/securityDefinitions/oauth/flow",
		"/components/securitySchemes/oauth/flows/authorizationCode":  "/securityDefinitions/oauth",
		pets: pets,
		"/components/securitySchemes/oauth/flows/authorizationCode/scopes":                       "/securityDefinitions/oauth/scopes",
		pets + "/parameters/0/schema/minLength":                                                  pets + "/parameters/0/minLength",
		pets + "/get":                                                                            pets + "/get",
		pets + "/get/operationId":                                                                pets + "/get/operationId",
		pets + "/get/parameters/0":                                                               pets + "/get/parameters/0",
		pets + "/get/parameters/0/name":                                                          "/parameters/Limit/name",
		pets + "/get/parameters/1/schema/items":                                                  pets + "/get/parameters/1/items",
		pets + "/get/parameters/1/explode":                                                       pets + "/get/parameters/1/collectionFormat",
		pets + "/get/responses/200":                                                              pets + "/get/responses/200",
		pets + "/get/responses/200" + json + "/schema/items":                                     pets + "/get/responses/200/schema/items",
		pets + "/get/responses/200" + json + "/example/0/name":                                   pets + "/get/responses/200/examples/application~1json/0/name",
		pets + "/get/responses/200/content/text~1plain":                                          pets + "/get/responses/200/schema",
		pets + "/get/responses/200/headers/X-Rate/schema":                                        pets + "/get/responses/200/headers/X-Rate",
		pets + "/get/responses/410" + json + "/schema":                                           "/responses/Gone/schema",
		pets + "/put/parameters/0":                                                               pets + "/put/parameters/0",
		pets + "/put/requestBody":                                                                pets + "/put/parameters/1",
		pets + "/put/requestBody" + json + "/schema/properties/name":                             pets + "/put/parameters/1/schema/properties/name",
		pets + "/post/requestBody":                                                               pets + "/post/parameters/0",
		pets + "/post/requestBody/content/multipart~1form-data/schema/properties/note/maxLength": pets + "/post/parameters/0/maxLength",
		pets + "/post/requestBody/content/multipart~1form-data/schema/properties/photo/format":   "/parameters/Photo/type",
		pets + "/patch/requestBody":                                                              pets + "/patch/parameters/0",
	} {
		n := doc.Origin(pointer)
		if n == nil {
			t.Errorf("Origin(%q) is nil, want %q", pointer, want)
			continue
		}
		if got := n.Pointer(); got != want {
			t.Errorf("Origin(%q) is %q, want %q", pointer, got, want)
		}
	}
	for _, pointer := range []string{"/nothing", "/paths/~1none", "/components/schemas/None", "/components/x", "/servers/2", pets + "/get/parameters/2", pets + "/get/requestBody", "no pointer"} {
		if n := doc.Origin(pointer); n != nil {
			t.Errorf("Origin(%q) is %q, want nil", pointer, n.Pointer())
		}
	}
}

func TestOriginOfUnchanged(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("new.yaml", []byte(`openapi: 3.0.3
components:
  schemas:
    A: {properties: {b: {$ref: "#/components/schemas/B"}}}
    B: {properties: {c: {type: string}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	n := doc.Origin("/components/schemas/A/properties/b/properties/c/type")
	if diff := cmp.Diff("/components/schemas/B/properties/c/type", n.Pointer()); diff != "" {
		t.Errorf("Origin (-want +got):\n%s", diff)
	}
}

// TestEveryElementHasAnOrigin asks for the source of all that the models of
// the corpus hold.
func TestEveryElementHasAnOrigin(t *testing.T) {
	t.Parallel()
	eachCorpusDocument(t, func(t *testing.T, doc *openapi.Document) {
		model, err := doc.Model()
		if err != nil {
			t.Skip(err)
		}
		ask := func(pointer string) {
			n := doc.Origin(pointer)
			if n == nil {
				t.Errorf("Origin(%q) is nil", pointer)
			} else if n.Location().Line < 1 {
				t.Errorf("Origin(%q) has no line", pointer)
			}
		}
		askModel(t, model, ask)
	})
}

// askModel calls ask with the pointers of every schema, path item, operation,
// parameter, request body and response, of components and of paths.
func askModel(t *testing.T, model *openapi3.T, ask func(string)) {
	t.Helper()
	if err := model.WalkSchemas(func(pointer string, _ *openapi3.SchemaRef) error { ask(pointer); return nil }); err != nil {
		t.Fatal(err)
	}
	escape := func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "~", "~0"), "/", "~1") }
	if c := model.Components; c != nil {
		for _, kind := range []struct {
			name string
			keys []string
		}{
			{"schemas", slices.Sorted(maps.Keys(c.Schemas))},
			{"parameters", slices.Sorted(maps.Keys(c.Parameters))},
			{"requestBodies", slices.Sorted(maps.Keys(c.RequestBodies))},
			{"responses", slices.Sorted(maps.Keys(c.Responses))},
			{"securitySchemes", slices.Sorted(maps.Keys(c.SecuritySchemes))},
		} {
			for _, key := range kind.keys {
				ask("/components/" + kind.name + "/" + escape(key))
			}
		}
	}
	for i := range model.Servers {
		ask("/servers/" + strconv.Itoa(i))
	}
	for path, item := range model.Paths.Map() {
		at := "/paths/" + escape(path)
		ask(at)
		for i := range item.Parameters {
			ask(at + "/parameters/" + strconv.Itoa(i))
		}
		for method, op := range item.Operations() {
			at := at + "/" + strings.ToLower(method)
			if item.AdditionalOperations[method] != nil {
				at = "/paths/" + escape(path) + "/additionalOperations/" + escape(method)
			}
			ask(at)
			for i := range op.Parameters {
				ask(at + "/parameters/" + strconv.Itoa(i))
			}
			if op.RequestBody != nil {
				ask(at + "/requestBody")
			}
			for _, code := range op.Responses.Keys() {
				ask(at + "/responses/" + code)
				for media := range op.Responses.Value(code).Value.Content {
					ask(at + "/responses/" + code + "/content/" + escape(media))
				}
			}
		}
	}
}
