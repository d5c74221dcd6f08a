package guide_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/guide"
	"github.com/plumbapi/plumb/openapi"
)

// all lets every rule of the package run.
func all() check.Policy {
	on := map[string]bool{}
	for _, r := range guide.Rules() {
		on[r.ID] = true
	}
	return check.Policy{On: on}
}

// lint runs every rule over a document and fails the test where one could
// not finish or a finding has no line.
func lint(t *testing.T, name string, data []byte) *check.Report {
	t.Helper()
	doc, err := openapi.Parse(name, data)
	if err != nil {
		t.Fatalf("Parse(%s): %v", name, err)
	}
	rep, err := check.Run(t.Context(), guide.Rules(), doc, all())
	if err != nil {
		t.Fatalf("Run: %v", err)
	}
	for _, i := range rep.Incomplete {
		t.Errorf("%s: rule %s could not finish: %s", name, i.Rule, i.Message)
	}
	for _, f := range rep.Findings {
		if f.Location.Line < 1 || f.Location.File == "" {
			t.Errorf("%s: finding without a place: %+v", name, f)
		}
	}
	return rep
}

// TestBrokenDocuments puts values of wrong kinds everywhere in a document
// that all rules look at.
func TestBrokenDocuments(t *testing.T) {
	t.Parallel()
	const sound = `{"VERSION": "V", "info": {}, "host": "h", "schemes": ["http"], "security": [{"k": []}], "servers": [{"url": "http://localhost"}],
"paths": {"/v1/pets/{id}": {"parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer", "default": 1}}],
 "get": {"operationId": "a", "summary": "s", "deprecated": true, "parameters": [{"name": "page", "in": "query", "type": "integer"}],
  "requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["x"], "properties": {"created_at": {"type": "string", "enum": ["a", "B_C"]}}}}}},
  "responses": {"200": {"description": "", "headers": {"RateLimit": {}}, "schema": {"type": "array", "items": {"type": "object"}},
    "content": {"application/problem+json": {"schema": {"allOf": [{"properties": {"status": {"type": "string", "minLength": 3, "maxLength": 1, "nullable": true}}}]}, "examples": {"a": {"value": {"token": "x"}}}}}}, "429": {}, "default": {}}}}},
"securityDefinitions": {"k": {"type": "oauth2", "flow": "implicit"}}, "components": {"securitySchemes": {"k": {"type": "oauth2", "flows": {"implicit": {}}}}}}`
	wrong := []string{"null", "[]", "{}", `""`, "0", "true", `[null, 1, "a", []]`, `{"a": null, "b": 1}`, `{"$ref": "#/nowhere"}`, `{"$ref": "#/paths"}`}
	for _, version := range [][2]string{{"swagger", "2.0"}, {"openapi", "3.0.3"}, {"openapi", "3.1.0"}} {
		text := strings.NewReplacer("VERSION", version[0], `"V"`, fmt.Sprintf("%q", version[1])).Replace(sound)
		doc, err := openapi.Parse("sound.json", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var walk func(n *openapi.Node)
		walk = func(n *openapi.Node) {
			for _, c := range n.Children() {
				if c.Key() == version[0] {
					continue
				}
				start, end := c.Offsets()
				for _, w := range wrong {
					lint(t, "broken.json", []byte(text[:start]+w+text[end:]))
				}
				walk(c)
			}
		}
		walk(doc.Root())
	}
}

// TestRecursiveSchemas bounds the work on schemas that are composed of
// themselves in many ways.
func TestRecursiveSchemas(t *testing.T) {
	t.Parallel()
	parts := strings.Repeat(`{"$ref": "#/components/schemas/Error"},`, 40)
	parts = strings.TrimSuffix(parts, ",")
	text := fmt.Sprintf(`{"openapi": "3.0.3", "paths": {"/pets": {"get": {"responses": {
"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}},
"400": {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Error"}}}}}}}},
"components": {"schemas": {"Error": {"allOf": [%s], "anyOf": [%s], "items": {"$ref": "#/components/schemas/Error"}}}}}`, parts, parts)
	lint(t, "recursive.json", []byte(text))
}

// TestCorpus runs every rule over the descriptions of the corpus.
func TestCorpus(t *testing.T) {
	t.Parallel()
	root := corpus(t)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(path, "oas-examples") && !strings.Contains(path, "oai-examples") && !strings.Contains(path, "gitlab/rest") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if _, err := openapi.Parse(path, data); err == nil {
			lint(t, path, data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// corpus returns the folder of published descriptions, and skips where there
// is none.
func corpus(tb testing.TB) string {
	tb.Helper()
	root := os.Getenv("PLUMB_CORPUS")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(root); err != nil {
		tb.Skipf("no corpus at %s; PLUMB_CORPUS names another place", root)
	}
	return root
}
