package apidocs_test

import (
	"context"
	"encoding/json"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/openapi"
)

// TestBundle puts descriptions of several files into one, which says the same
// and needs no other.
func TestBundle(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"api.yaml": {Data: []byte(`openapi: 3.1.0
info: {title: Library, version: "1.0"}
paths:
  /shelves: {$ref: paths.yaml#/shelves}
components:
  schemas:
    Book: {type: string}
`)},
		"paths.yaml": {Data: []byte(`shelves:
  get:
    parameters: [{$ref: parts/page.yaml}]
    responses:
      "200": {description: all, content: {application/json: {schema: {$ref: "parts/shelf.yaml#/Shelf"}}}}
`)},
		"parts/page.yaml":  {Data: []byte("name: page\nin: query\nschema: {type: integer, maximum: 0x1F}\n")},
		"parts/shelf.yaml": {Data: []byte("Shelf:\n  type: object\n  properties:\n    next: {$ref: '#/Shelf'}\n    book: {$ref: '../api.yaml#/components/schemas/Book'}\n    other: {$ref: '#/Book'}\nBook: {type: integer}\n")},
	}
	loader := openapi.Loader{FS: files}
	doc, err := loader.Load(context.Background(), "api.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Problems()) > 0 {
		t.Fatal(doc.Problems())
	}
	text := apidocs.Bundle(doc)
	var got any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var want any
	if err := json.Unmarshal([]byte(`{"openapi":"3.1.0","info":{"title":"Library","version":"1.0"},
"paths":{"/shelves":{"get":{"parameters":[{"$ref":"#/components/parameters/page"}],
 "responses":{"200":{"description":"all","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Shelf"}}}}}}}},
"components":{"schemas":{"Book":{"type":"string"},
 "Shelf":{"type":"object","properties":{"next":{"$ref":"#/components/schemas/Shelf"},"book":{"$ref":"#/components/schemas/Book"},"other":{"$ref":"#/components/schemas/Book_2"}}},
 "Book_2":{"type":"integer"}},
"parameters":{"page":{"name":"page","in":"query","schema":{"type":"integer","maximum":31}}}}}`), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the bundle (-want +got):\n%s", diff)
	}
	again, err := openapi.Parse("bundle.json", text)
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Problems()) > 0 {
		t.Errorf("the bundle has problems: %v", again.Problems())
	}
}
