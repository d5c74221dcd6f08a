package site_test

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/links"
	"github.com/plumbapi/plumb/apidocs/site"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// memory is a site in memory.
type memory struct {
	mu    sync.Mutex
	files fstest.MapFS
}

func (m *memory) Put(name string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files == nil {
		m.files = fstest.MapFS{}
	}
	if m.files[name] != nil {
		return fs.ErrExist
	}
	m.files[name] = &fstest.MapFile{Data: bytes.Clone(data)}
	return nil
}

// build makes a site of descriptions, each by its text.
func build(t testing.TB, in apidocs.Input, o site.Options, texts ...string) fstest.MapFS {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(text, "type Query") {
			s, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(text)})
			if err != nil {
				t.Fatal(err)
			}
			in.GraphQL = s
			continue
		}
		doc, err := openapi.Parse("api.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		in.OpenAPI = append(in.OpenAPI, doc)
	}
	ref, err := apidocs.Read(in)
	if err != nil {
		t.Fatal(err)
	}
	m := &memory{}
	if _, err := site.Build(t.Context(), ref, o, m); err != nil {
		t.Fatal(err)
	}
	return m.files
}

func sound(t testing.TB, files fs.FS) {
	t.Helper()
	problems, err := links.Check(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems[:min(10, len(problems))] {
		t.Error(p)
	}
	if len(problems) > 10 {
		t.Errorf("and %d more", len(problems)-10)
	}
}

func read(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../testdata/tracker", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestTracker builds the example product twice: the same bytes both times, and
// no link that leads nowhere.
func TestTracker(t *testing.T) {
	t.Parallel()
	texts := []string{read(t, "openapi.yaml"), read(t, "schema.graphql")}
	o := site.Options{BaseURL: "https://docs.example.com/"}
	one, two := build(t, apidocs.Input{}, o, texts...), build(t, apidocs.Input{}, o, texts...)
	sound(t, one)
	names := slices.Sorted(maps.Keys(one))
	if diff := cmp.Diff(slices.Sorted(maps.Keys(two)), names); diff != "" {
		t.Fatalf("files of two builds (-second +first):\n%s", diff)
	}
	for _, name := range names {
		if !bytes.Equal(one[name].Data, two[name].Data) {
			t.Errorf("%s differs between two builds", name)
		}
	}
	for name, f := range one {
		if strings.HasSuffix(name, ".html") && bytes.Contains(f.Data, []byte("<script>")) {
			t.Errorf("%s has a script in it", name)
		}
	}
}

// TestWhatAPageSays looks for everything that an operation's description says
// in its page, as it is without JavaScript.
func TestWhatAPageSays(t *testing.T) {
	t.Parallel()
	files := build(t, apidocs.Input{
		Attached: apidocs.Attached{
			Twins:  []apidocs.Twin{{REST: "GET /shelves/{id}", GraphQL: "Query.shelf", Partial: true}},
			Badges: []apidocs.Badge{{Element: "GET /shelves/{id}", Text: "beta", Status: "info", Detail: "until May"}},
		},
	}, site.Options{}, library, libraryGraph)
	sound(t, files)
	page := string(files["rest/shelves/get-shelf.html"].Data)
	for _, want := range []string{
		"<h1>Get a shelf</h1>", "<var>{id}</var>", "One shelf, with its books.",
		"the number on the &lt;shelf&gt;", "at least 1", ">depth</a>", "Default <code>1</code>",
		">X-Trace</a>", "The shelf is there.", "No such shelf.",
		"id=\"response-200.title\"", "name on the label", "One of <code>open</code>, <code>locked</code>",
		"integer or null", "array of <a href=\"../../rest/types/book.html\">Book</a>",
		"curl https://", "Bearer $TOKEN", "http.NewRequestWithContext", "await fetch(", "urllib.request",
		"<code>read:shelves</code>", "href=\"../../authentication.html#key\"",
		"href=\"../../graphql/queries/shelf.html\"", "does a part of this", "beta", "until May",
		"&#34;title&#34;: &#34;Sea stories&#34;",
		"Callback moved", "https://example.com/docs",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	twin := string(files["rest/shelves/get-shelf.md"].Data)
	for _, want := range []string{"# Get a shelf", "`GET /shelves/{id}`", "- `id` path integer, required: the number on the", "- **404** No such shelf.", "(../../rest/types/shelf.md)", "../../graphql/queries/shelf.md"} {
		if !strings.Contains(twin, want) {
			t.Errorf("the twin does not say %q:\n%s", want, twin)
		}
	}
	hook := string(files["webhooks/shelves/shelf-moved.html"].Data)
	for _, want := range []string{"<h1>shelf.moved</h1>", "Payload", "What to answer", "<b>204</b>"} {
		if !strings.Contains(hook, want) {
			t.Errorf("the webhook's page does not say %q", want)
		}
	}
	query := string(files["graphql/queries/shelf.html"].Data)
	for _, want := range []string{"returns", "href=\"../../graphql/objects/shelf.html\"", "query Shelf(", "The number.", "href=\"../../rest/shelves/get-shelf.html\""} {
		if !strings.Contains(query, want) {
			t.Errorf("the query's page does not say %q", want)
		}
	}
	if llms := string(files["llms.txt"].Data); !strings.Contains(llms, "- [Get a shelf](rest/shelves/get-shelf.md): GET /shelves/{id}\n") {
		t.Errorf("llms.txt:\n%s", llms)
	}
}

const library = `openapi: 3.1.0
info: {title: Library, version: "2"}
servers: [{url: https://library.example.com}]
security: [{key: [read:shelves]}]
tags: [{name: shelves, description: Where books stand.}]
paths:
  /shelves/{id}:
    get:
      operationId: getShelf
      tags: [shelves]
      summary: Get a shelf
      description: One shelf, with its books.
      externalDocs: {url: https://example.com/docs}
      parameters:
        - {name: id, in: path, required: true, description: the number on the <shelf>, schema: {type: integer, minimum: 1}}
        - {name: depth, in: query, schema: {type: integer, default: 1}}
        - {name: X-Trace, in: header, schema: {type: string}}
      responses:
        "200":
          description: The shelf is there.
          content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}, example: {title: Sea stories}}}
        "404": {description: No such shelf.}
      callbacks:
        moved:
          "{$request.query.url}":
            post: {responses: {"200": {description: thanks}}}
webhooks:
  shelf.moved:
    post:
      tags: [shelves]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}}
      responses: {"204": {description: taken}}
components:
  securitySchemes: {key: {type: http, scheme: bearer}}
  schemas:
    Shelf:
      type: object
      required: [title]
      properties:
        title: {type: string, description: name on the label}
        state: {enum: [open, locked]}
        floor: {type: [integer, "null"]}
        books: {type: array, items: {$ref: "#/components/schemas/Book"}}
    Book:
      type: object
      properties:
        title: {type: string}
        sequel: {$ref: "#/components/schemas/Book"}
`

const libraryGraph = `type Query {
  "One shelf."
  shelf("The number." id: ID!): Shelf
}
"Where books stand."
type Shelf { title: String! books: [Book!]! }
type Book { title: String, shelf: Shelf }
`

// TestHostileText gives every text of a description what would end an
// attribute, an element or a script.
func TestHostileText(t *testing.T) {
	t.Parallel()
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>'</title>--><a href=javascript:alert(3)>x`
	q := func(s string) string { return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"` }
	text := `{"openapi":"3.1.0","info":{"title":` + q(evil) + `,"version":` + q(evil) + `,"description":` + q(evil) + `},
"servers":[{"url":` + q(evil) + `,"description":` + q(evil) + `}],
"tags":[{"name":` + q(evil) + `,"description":` + q(evil) + `}],
"paths":{` + q("/"+evil) + `:{"get":{"operationId":` + q(evil) + `,"summary":` + q(evil) + `,"description":` + q(evil) + `,"tags":[` + q(evil) + `],
"externalDocs":{"url":"javascript:alert(4)"},
"parameters":[{"name":` + q(evil) + `,"in":"query","description":` + q(evil) + `,"schema":{"type":` + q(evil) + `,"enum":[` + q(evil) + `],"default":` + q(evil) + `,"format":` + q(evil) + `,"pattern":` + q(evil) + `}}],
"responses":{` + q(evil) + `:{"description":` + q(evil) + `,"content":{` + q(evil) + `:{"schema":{"type":"object","properties":{` + q(evil) + `:{"title":` + q(evil) + `,"oneOf":[{"title":` + q(evil) + `},{}]}}},"example":{` + q(evil) + `:` + q(evil) + `}}}}}}}},
"components":{"schemas":{` + q(evil) + `:{"type":"object"}},"securitySchemes":{` + q(evil) + `:{"type":` + q(evil) + `,"openIdConnectUrl":` + q(evil) + `}}}}`
	files := build(t, apidocs.Input{}, site.Options{}, text)
	sound(t, files)
	for name, f := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		for _, bad := range []string{"<script>", "<img", "<a href=javascript", "href=\"javascript", "onerror=alert(2)>'"} {
			if bytes.Contains(f.Data, []byte(bad)) {
				t.Errorf("%s has %q", name, bad)
			}
		}
	}
	for name := range files {
		if strings.ContainsAny(name, "<>\"' ") || len(name) > 300 {
			t.Errorf("a file is called %q", name)
		}
	}
}
