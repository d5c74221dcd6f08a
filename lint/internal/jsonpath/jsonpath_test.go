package jsonpath_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lint/internal/jsonpath"
	"github.com/plumbapi/plumb/openapi"
)

const shop = `
info: {title: Shop, version: "1"}
paths:
  /books:
    get: {operationId: listBooks, tags: [book, all], deprecated: true}
    post: {operationId: addBook, tags: [book]}
    parameters: [{name: page, in: query}]
  /books/{id}:
    get: {operationId: readBook, tags: []}
    x-note: none
components:
  schemas:
    Book: {type: object, properties: {title: {type: string, maxLength: 80}, pages: {type: integer}}}
    Shelf: {type: array, items: {type: string}}
sizes: [10, 20, 30, 40]
mixed: [null, true, 1.5, 2, text, [], {}]
`

// paths are what each path leads to, as ways; ~ marks a name.
var paths = []struct {
	path string
	want []string
}{
	{"$", []string{""}},
	{"$.info.title", []string{"info/title"}},
	{"info.title", []string{"info/title"}},
	{"$['info']['title']", []string{"info/title"}},
	{`$["info"].*`, []string{"info/title", "info/version"}},
	{"$.paths['/books'].get", []string{"paths//books/get"}},
	{"$.paths./books.get", []string{"paths//books/get"}},
	{"$.paths[*][get,post].operationId", []string{"paths//books/get/operationId", "paths//books/post/operationId", "paths//books/{id}/get/operationId"}},
	{"$.paths.*['get'].tags[0]", []string{"paths//books/get/tags/0"}},
	{"$.paths[*]~", []string{"paths//books~", "paths//books/{id}~"}},
	{"$.paths.*.get^~", []string{"paths//books~", "paths//books/{id}~"}},
	{"$..maxLength^", []string{"components/schemas/Book/properties/title"}},
	{"$..maxLength^^", []string{"components/schemas/Book/properties"}},
	{"$..type", []string{"components/schemas/Book/type", "components/schemas/Book/properties/title/type", "components/schemas/Book/properties/pages/type", "components/schemas/Shelf/type", "components/schemas/Shelf/items/type"}},
	{"$.components..properties[*]~", []string{"components/schemas/Book/properties/title~", "components/schemas/Book/properties/pages~"}},
	{"$.sizes[1:3]", []string{"sizes/1", "sizes/2"}},
	{"$.sizes[-1:]", []string{"sizes/3"}},
	{"$.sizes[::-2]", []string{"sizes/3", "sizes/1"}},
	{"$.sizes[0,2]", []string{"sizes/0", "sizes/2"}},
	{"$.sizes[(@.length-1)]", []string{"sizes/3"}},
	{"$.sizes[?(@ > 10 && @ < 40)]", []string{"sizes/1", "sizes/2"}},
	{"$.sizes[?@ == 20]", []string{"sizes/1"}},
	{"$.paths[*][?(@property === 'get' || @property === 'post')]", []string{"paths//books/get", "paths//books/post", "paths//books/{id}/get"}},
	{"$.paths[*][?(@property.match(/^(get|put)$/i))]", []string{"paths//books/get", "paths//books/{id}/get"}},
	{"$.paths[*][?(!@property.startsWith('x-') && @.deprecated !== true)]", []string{"paths//books/post", "paths//books/parameters", "paths//books/{id}/get"}},
	{"$.paths[?(@property.match(/\\{[^}]*\\}/))]", []string{"paths//books/{id}"}},
	{"$.paths[*][?(@parentProperty == '/books' && @.tags)]", []string{"paths//books/get", "paths//books/post"}},
	{"$..[?(@path === \"$['sizes'][2]\")]", []string{"sizes/2"}},
	{"$..[?(@ && @.type == 'string' && @.maxLength)]", []string{"components/schemas/Book/properties/title"}},
	{"$..[?(@ && @.tags && @.tags.includes('all'))].operationId", []string{"paths//books/get/operationId"}},
	{"$..[?(@ && @.tags && @.tags.length === 0)].operationId", []string{"paths//books/{id}/get/operationId"}},
	{"$..[?(@ && @.tags && @.tags.some(t => t.toUpperCase() === 'ALL'))].operationId", []string{"paths//books/get/operationId"}},
	{"$.components.schemas[?(@.type === 'object' ? @.properties : @.items)]", []string{"components/schemas/Book", "components/schemas/Shelf"}},
	{"$.components.schemas[?('items' in @)]", []string{"components/schemas/Shelf"}},
	{"$.components.schemas[?(Object.keys(@).indexOf('properties') >= 0)]", []string{"components/schemas/Book"}},
	{"$.components.schemas[?(@.properties?.title?.maxLength * 2 == 160)]", []string{"components/schemas/Book"}},
	{"$.components.schemas[?(['array', 'set'].includes(@.type))]", []string{"components/schemas/Shelf"}},
	{"$.components.schemas[?(typeof @.items === 'undefined')]", []string{"components/schemas/Book"}},
	{"$.components.schemas[?(@.none.at.all)]", nil},
	{"$.components.schemas[?($.info.version == 1)]", []string{"components/schemas/Book", "components/schemas/Shelf"}},
	{"$.mixed[?(@ === null)]", []string{"mixed/0"}},
	{"$.mixed@scalar()", []string{"mixed/0", "mixed/1", "mixed/2", "mixed/3", "mixed/4"}},
	{"$.mixed.@string()", []string{"mixed/4"}},
	{"$.mixed[@integer()]", []string{"mixed/3"}},
	{"$.info.title@string()", nil},
	{"$.info[?(@.match && @.match(/^Sh/))]", []string{"info/title"}},
	{"$.info.@context", nil},
	{"$.paths.`get", nil},
	{"$.none.at.all", nil},
}

func TestSelect(t *testing.T) {
	t.Parallel()
	tree := jsonpath.NewTree(parse(t, shop), nil)
	for _, tt := range paths {
		t.Run(tt.path, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, ways(t, tree, tt.path)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.path, diff)
			}
		})
	}
}

// What references lead to is found at each way that can be told apart, and
// circles end.
func TestReferences(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("api.yaml", []byte(`
openapi: 3.0.3
info: {title: Shop, version: "1"}
paths:
  /a:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Node'}}}}}}
  /b:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Node'}}}}}}
components:
  schemas:
    Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}, name: {type: string}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	followed := jsonpath.NewTree(doc.Root(), doc.Resolve)
	plain := jsonpath.NewTree(doc.Root(), nil)
	tests := []struct {
		name string
		tree *jsonpath.Tree
		path string
		want []string
	}{
		{"values once", followed, "$.paths..schema", []string{"paths//a/get/responses/200/content/application/json/schema"}},
		{"names apart", followed, "$..properties[*]~", []string{
			"paths//a/get/responses/200/content/application/json/schema/properties/next~",
			"paths//a/get/responses/200/content/application/json/schema/properties/name~",
		}},
		{"parents apart", followed, "$.paths..schema^", []string{
			"paths//a/get/responses/200/content/application/json", "paths//b/get/responses/200/content/application/json",
		}},
		{"through a reference", followed, "$.paths./b.get.responses.200.content[*].schema.properties.next.properties.name", []string{
			"paths//b/get/responses/200/content/application/json/schema/properties/next/properties/name",
		}},
		{"not followed", plain, "$.paths..$ref", []string{
			"paths//a/get/responses/200/content/application/json/schema/$ref", "paths//b/get/responses/200/content/application/json/schema/$ref",
		}},
		{"not followed, none", plain, "$.paths..properties", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, ways(t, tt.tree, tt.path)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.path, diff)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ path, want string }{
		{"", `JSONPath "": at 1: it is empty`},
		{"$.a[", `JSONPath "$.a[": at 5: the path ends within brackets`},
		{"$.a['b'", `JSONPath "$.a['b'": at 4: the [ has no ]`},
		{"$.a['b", `JSONPath "$.a['b": at 5: the name in quotes does not end`},
		{"$['a']b", `JSONPath "$['a']b": at 7: expected . [ ^ or ~, found "b"`},
		{"$[1:2:0]", `JSONPath "$[1:2:0]": at 3: a slice cannot go on by 0`},
		{"$[?(@.a ==)]", `JSONPath "$[?(@.a ==)]": at 11: expected a value, found ")"`},
		{"$[?(@.a", `JSONPath "$[?(@.a": at 8: expected ), found the end of the path`},
		{"$[?(process.exit(1))]", `JSONPath "$[?(process.exit(1))]": at 12: process is not known here`},
		{"$[?(@.constructor('x'))]", `JSONPath "$[?(@.constructor('x'))]": at 18: the method constructor is not known here`},
		{"$[?(@.a = 1)]", `JSONPath "$[?(@.a = 1)]": at 9: expected ), found "="`},
		{"$[?(/a(/.test(@))]", `JSONPath "$[?(/a(/.test(@))]": at 9: "a(" is no regular expression: a ( without a )`},
		{"$[?('a)]", `JSONPath "$[?('a)]": at 5: the string does not end`},
		{"$[?(#)]", `JSONPath "$[?(#)]": at 5: "#" is not understood`},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			t.Parallel()
			_, err := jsonpath.Parse(tt.path)
			var wrong *jsonpath.Error
			if !errors.As(err, &wrong) {
				t.Fatalf("got %v, want an Error", err)
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzPath(f *testing.F) {
	for _, tt := range paths {
		f.Add(tt.path)
	}
	root, err := openapi.ParseTree("shop.yaml", []byte(shop))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := jsonpath.Parse(text)
		if err != nil {
			return
		}
		_, err = p.Select(jsonpath.NewTree(root, nil))
		if err != nil && !errors.Is(err, jsonpath.ErrWork) {
			t.Errorf("Select: %v", err)
		}
	})
}

func parse(t *testing.T, text string) *openapi.Node {
	t.Helper()
	root, err := openapi.ParseTree("shop.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// ways are the ways to what a path leads to.
func ways(t *testing.T, tree *jsonpath.Tree, path string) []string {
	t.Helper()
	p, err := jsonpath.Parse(path)
	if err != nil {
		t.Fatal(err)
	}
	matches, err := p.Select(tree)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, m := range matches {
		way := strings.Join(m.Route(), "/")
		if m.Name {
			way += "~"
		}
		list = append(list, way)
	}
	return list
}
