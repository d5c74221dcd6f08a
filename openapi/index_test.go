package openapi_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/openapi"
)

// TestOperationsAreThoseOfTheModel counts operations of paths and webhooks on
// the corpus.
func TestOperationsAreThoseOfTheModel(t *testing.T) {
	t.Parallel()
	eachCorpusDocument(t, func(t *testing.T, doc *openapi.Document) {
		model, err := doc.Model()
		if err != nil {
			t.Skip(err)
		}
		want := map[string]bool{}
		for path, item := range model.Paths.Map() {
			for method := range item.Operations() {
				want[method+" "+path] = true
			}
		}
		for name, item := range model.Webhooks {
			for method := range item.Operations() {
				want[method+" "+name] = true
			}
		}
		got := map[string]bool{}
		for _, op := range doc.Operations() {
			if op.Origin == openapi.FromCallback || op.Origin == openapi.FromWebhook && !doc.Root().Has("webhooks") {
				continue // callbacks and x-webhooks are elsewhere in the model
			}
			if got[op.String()] {
				t.Errorf("%s stands twice among the operations", op)
			}
			got[op.String()] = true
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Operations (-model +index):\n%s", diff)
		}
	})
}

// TestEachNodeHasOneRole: the index has every object once, in source order.
func TestEachNodeHasOneRole(t *testing.T) {
	t.Parallel()
	eachCorpusDocument(t, func(t *testing.T, doc *openapi.Document) {
		seen := map[*openapi.Node]openapi.Role{}
		for role := openapi.DocumentRole; role <= openapi.WebhooksRole; role++ {
			last := -1
			for _, n := range doc.Nodes(role) {
				if other, known := seen[n]; known {
					t.Errorf("%s is both %s and %s", n.Pointer(), other, role)
				}
				seen[n] = role
				if n.Role() != role {
					t.Errorf("%s has the role %s among those with %s", n.Pointer(), n.Role(), role)
				}
				if start, _ := n.Offsets(); start < last {
					t.Errorf("%s stands behind what follows it", n.Pointer())
				} else {
					last = start
				}
			}
		}
	})
}

func TestIndex(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Load(t.Context(), files(map[string]string{
		"root.yaml": `openapi: 3.2.0
info: {title: t, version: "1", contact: {}, license: {}}
servers: [{url: /, variables: {v: {default: a}}}]
tags: [{name: t, externalDocs: {url: u}}]
paths:
  x-not: {get: {}}
  /a:
    parameters: [{name: shared, in: query}, {name: both, in: query, description: of the path}]
    get:
      parameters: [{name: both, in: query, description: own}, {$ref: "#/components/parameters/P"}, {$ref: "#/none"}]
      callbacks: {cb: {"{$url}": {post: {responses: {"200": {description: ok}}}}}}
      responses: {"200": {description: ok, content: {a/b: {schema: {type: object, properties: {type: {type: string}}}}}}, x-no: {}}
    query: {}
    additionalOperations: {COPY: {}}
  /b: {$ref: "other.yaml#/item"}
  /c: {$ref: "#/paths/~1a", get: {summary: own}, put: {}}
webhooks: {hook: {post: {}}}
components:
  parameters: {P: {name: p, in: header, schema: {$ref: "#/components/schemas/S"}}}
  schemas: {S: {items: {not: true}}, T: {allOf: [{$ref: "#/components/schemas/S"}]}}
`,
		"other.yaml": "item: {delete: {parameters: [{name: far, in: query, schema: {$ref: '#/size'}}]}}\nsize: {type: integer}\n",
	}), "root.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var ops []string
	for _, op := range doc.Operations() {
		ops = append(ops, fmt.Sprintf("%s %d", op, op.Origin))
	}
	want := []string{"GET /a 1", "QUERY /a 1", "COPY /a 1", "DELETE /b 1", "GET /c 1", "PUT /c 1", "QUERY /c 1", "COPY /c 1", "POST hook 2", "POST {$url} 3"}
	if diff := cmp.Diff(want, ops); diff != "" {
		t.Errorf("Operations (-want +got):\n%s", diff)
	}
	var params []string
	for _, p := range doc.Parameters(doc.Operations()[0]) {
		params = append(params, p.Get("name").Text()+" "+p.Get("description").Text())
	}
	if diff := cmp.Diff([]string{"both own", "p ", "shared "}, params); diff != "" {
		t.Errorf("Parameters (-want +got):\n%s", diff)
	}
	var schemas []string
	for _, n := range doc.Nodes(openapi.SchemaRole) {
		schemas = append(schemas, n.Source().Name()+n.Pointer())
	}
	want = []string{
		"root.yaml/paths/~1a/get/responses/200/content/a~1b/schema",
		"root.yaml/paths/~1a/get/responses/200/content/a~1b/schema/properties/type",
		"root.yaml/components/schemas/S",
		"root.yaml/components/schemas/S/items",
		"root.yaml/components/schemas/T",
		"other.yaml/size",
	}
	if diff := cmp.Diff(want, schemas); diff != "" {
		t.Errorf("schemas (-want +got):\n%s", diff)
	}
	for role, want := range map[openapi.Role]int{
		openapi.InfoRole: 1, openapi.ContactRole: 1, openapi.LicenseRole: 1, openapi.ServerRole: 1,
		openapi.ServerVariableRole: 1, openapi.TagRole: 1, openapi.ExternalDocsRole: 1, openapi.PathItemRole: 5,
		openapi.OperationRole: 8, openapi.ParameterRole: 5, openapi.ResponseRole: 2, openapi.CallbackRole: 1,
		openapi.MediaTypeRole: 1, openapi.WebhooksRole: 1, openapi.ComponentsRole: 1,
	} {
		if got := len(doc.Nodes(role)); got != want {
			t.Errorf("%d nodes with the role %s, want %d", got, role, want)
		}
	}
	if !slices.IsSortedFunc(doc.Refs(), func(a, b *openapi.Ref) int {
		if a.Node.Source() != b.Node.Source() {
			return 0
		}
		i, _ := a.Node.Offsets()
		j, _ := b.Node.Offsets()
		return i - j
	}) {
		t.Error("the references are not in source order")
	}
}
