package openapi_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/openapi"
	"go.yaml.in/yaml/v4"
)

// seeds are small documents of every version, and what is none.
var seeds = []string{
	"", "{}", "[", "\ufeff{\"openapi\":\"3.0.3\"}", "openapi: 3.0.3\n", "swagger: '2.0'\n",
	`{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/a":{"get":{"responses":{"200":{"$ref":"#/components/responses/R"}}}}},"components":{"responses":{"R":{"description":"d","content":{"a/b":{"schema":{"$ref":"#/components/schemas/S","description":"x"}}}}},"schemas":{"S":{"type":["object","null"],"properties":{"s":{"$ref":"#/components/schemas/S"}}}}}}`,
	"openapi: 3.0.3\nx: &a {b: [c, \"d]\", 'e'], ? f : g}\ny: *a\nz: {<<: *a}\n",
	"openapi: 3.2.0\nx: |\n  a\n\n  b\ny: >-\n  c\n d: e\n",
	"openapi: 3.2.0\npaths: {/a: {additionalOperations: {X: {callbacks: {c: {'{$u}': {query: {}}}}}}, $ref: '#/paths/~1a'}}\n",
	"{openapi: 3.0.3, &k é: !!str 1, \"\\u2028\": 0x1F, ~: .inf}",
	"openapi: 3.0.3\r\n200: {$ref: '#/200'}\r\n$defs: {$anchor: a, $ref: '#a'}\r\n",
	`{"swagger":"2.0","paths":{"/a":{"post":{"parameters":[{"in":"body","name":"b","schema":{"$ref":"#/definitions/D"}},{"in":"formData","name":"f","type":"file"},{"$ref":"#/parameters/P"}],"responses":{"200":{"schema":{"items":[{},null]}}}}}},"definitions":{"D":{"discriminator":"d","allOf":[{"$ref":"#/definitions/D"}]}},"parameters":{"P":{"in":"query","name":"q","type":"array"}}}`,
	swagger, every30, every31, every32, nulls, beside("3.1.0"),
}

// FuzzLoad gives the loader any text, as JSON and as YAML. What it reads must
// hold together; what it does not read must end in an error with a place.
func FuzzLoad(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"f.json", "f.yaml"} {
			l := openapi.Loader{FS: files(map[string]string{name: text, "other.yaml": text})}
			doc, err := l.Load(t.Context(), name)
			if err != nil {
				checkError(t, err)
				continue
			}
			exercise(t, doc)
		}
	})
}

// checkError says what an error of the loader must be.
func checkError(t *testing.T, err error) {
	t.Helper()
	var e *openapi.Error
	if !errors.As(err, &e) {
		t.Fatalf("%T is no *openapi.Error: %v", err, err)
	}
	if at := e.Finding.Location; at.Line < 1 || at.Column < 1 || at.File == "" || e.Finding.Message == "" {
		t.Fatalf("error without a place: %+v", e.Finding)
	}
	if strings.Contains(e.Error(), "runtime error") && !strings.Contains(e.Error(), "gave up") {
		t.Fatalf("a panic of our own: %v", err)
	}
}

// exercise asks a document for all that it has.
func exercise(t *testing.T, doc *openapi.Document) {
	t.Helper()
	for _, s := range doc.Sources() {
		everyNode(s.Root(), func(n *openapi.Node) {
			if problem := checkNode(doc, n); problem != "" {
				t.Fatalf("%q: %s", n.Pointer(), problem)
			}
			_, _, _ = n.KeyLocation(), n.Text(), n.Role()
		})
	}
	for _, r := range doc.Refs() {
		if n := doc.Resolve(r.Node); n != nil && doc.Ref(n) != nil {
			t.Fatalf("%q resolves to a reference", r.Value())
		}
	}
	for _, op := range doc.Operations() {
		if op.Node == nil || op.PathItem == nil || op.Method == "" && op.Node.Key() != "" {
			t.Fatalf("operation %+v", op)
		}
		_ = doc.Parameters(op)
	}
	for _, f := range doc.Problems() {
		if f.Location.Line < 1 || f.Message == "" {
			t.Fatalf("problem without a place: %+v", f)
		}
	}
	model, err := doc.Model()
	if err != nil {
		checkError(t, err)
		return
	}
	if model == nil {
		t.Fatal("neither a model nor an error")
	}
}

// FuzzModel holds the model of any JSON to that of kin-openapi's loader,
// wherever that has one.
func FuzzModel(f *testing.F) {
	for _, seed := range seeds {
		var v any
		if yaml.Unmarshal([]byte(seed), &v) == nil {
			if data, err := json.Marshal(v); err == nil {
				f.Add(string(data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := openapi.Parse("f.json", []byte(text))
		// Keys given twice mean something else to kin-openapi; from many
		// references it may take forever.
		if err != nil || doc.Source().Format() != openapi.JSON || len(doc.Problems()) > 0 || len(doc.Refs()) > 12 {
			return
		}
		want, err := kinModelContained([]byte(text), doc.Version())
		if err != nil {
			return
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

func kinModelContained(data []byte, v openapi.Version) (model *openapi3.T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return kinModel(data, v)
}

func FuzzPointer(f *testing.F) {
	for _, seed := range []string{"", "/", "/a/b", "/a~1b/~01", "a", "/~", "/~2", "//", "/é/%20"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, pointer string) {
		tokens, err := openapi.ParsePointer(pointer)
		if err != nil {
			return
		}
		if back := openapi.FormatPointer(tokens...); back != pointer {
			t.Errorf("%q became %q", pointer, back)
		}
		if want := strings.Count(pointer, "/"); len(tokens) != want {
			t.Errorf("%q has %d tokens, want %d", pointer, len(tokens), want)
		}
	})
}
