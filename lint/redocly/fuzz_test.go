package redocly_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/redocly"
	"github.com/plumbapi/plumb/openapi"
)

// cases are the files of testdata/rules.
func cases(f *testing.F) []fstest.MapFS {
	f.Helper()
	names, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil || len(names) == 0 {
		f.Fatalf("no cases: %v", err)
	}
	var list []fstest.MapFS
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		list = append(list, sections(data))
	}
	return list
}

// FuzzLoad reads any text as a configuration, and runs what it says.
func FuzzLoad(f *testing.F) {
	for _, c := range cases(f) {
		f.Add(c["redocly.yaml"].Data, []byte("api.yaml:\n  struct: ['#/info']\n"))
	}
	f.Add([]byte("extends: [redocly.yaml, minimal]\napis: {a: {root: api.yaml, rules: {struct: off}}}\n"), []byte("a: {b: [5]}"))
	doc, err := openapi.Parse("api.yaml", cases(f)[0]["api.yaml"].Data)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, config, ignored []byte) {
		files := fstest.MapFS{"redocly.yaml": {Data: config}, redocly.IgnoreName: {Data: ignored}}
		redocly.Is("some.yaml", config)
		c, err := (&redocly.Loader{FS: files}).Load("redocly.yaml")
		if err != nil {
			if strings.TrimSpace(err.Error()) == "" {
				t.Error("the error says nothing")
			}
			return
		}
		sound(t, c, doc)
	})
}

// FuzzWalk runs all rules, and all assertions, over any description.
func FuzzWalk(f *testing.F) {
	all, ok := redocly.Preset("all")
	if !ok {
		f.Fatal("there is no ruleset all")
	}
	var assertions *redocly.Config
	for _, c := range cases(f) {
		f.Add(c["api.yaml"].Data)
		if config := c["redocly.yaml"].Data; strings.Contains(string(config), "rule/any-object") {
			var err error
			if assertions, err = (&redocly.Loader{FS: fstest.MapFS{"redocly.yaml": {Data: config}}}).Load("redocly.yaml"); err != nil {
				f.Fatal(err)
			}
		}
	}
	for _, hostile := range []string{
		"openapi: 3.1.0\ncomponents: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}",
		"openapi: 3.0.0\npaths: {/a: {$ref: '#/paths/~1a'}}",
		"openapi: 3.1.0\ncomponents: {schemas: {A: {allOf: [{$ref: '#/components/schemas/A', type: object}], not: {$ref: '#'}}}}",
		"openapi: 3.0.0\npaths: {/a: {get: {callbacks: {c: {x: {$ref: '#/paths/~1a'}}}}}}",
		"swagger: '2.0'\ndefinitions: {A: {properties: {a: {$ref: '#/definitions/A/properties'}}}}",
		"openapi: 3.0.0\ninfo: &a {title: *a}",
	} {
		f.Add([]byte(hostile))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := openapi.Parse("api.yaml", data)
		if err != nil || doc == nil {
			return
		}
		sound(t, all, doc)
		sound(t, assertions, doc)
	})
}

// sound runs a configuration: no rule panics, and every finding has a place.
func sound(t *testing.T, c *redocly.Config, doc *openapi.Document) {
	t.Helper()
	rep, err := check.Run(t.Context(), c.For("api.yaml").Rules(doc.Version()), doc, check.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range rep.Findings {
		if f.Location.File == "" || f.Message == "" {
			t.Errorf("finding without a place or a message: %+v", f)
		}
	}
	for _, p := range rep.Incomplete {
		if strings.Contains(p.Message, "panicked") {
			t.Errorf("%s: %s", p.Rule, p.Message)
		}
	}
}
