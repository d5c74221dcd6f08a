package lint_test

import (
	"context"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/openapi"
)

// corpus returns the folder of real descriptions; the test is skipped where
// it is absent.
func corpus(tb testing.TB) string {
	tb.Helper()
	dir := os.Getenv("PLUMB_CORPUS")
	if dir == "" {
		dir = "../../shared/corpus"
	}
	if _, err := os.Stat(dir); err != nil {
		tb.Skipf("no corpus of real descriptions; set PLUMB_CORPUS to its folder (%v)", err)
	}
	return dir
}

// TestCorpus lints every description of the corpus with every rule: each
// rule finishes, and each finding has a line and an element that is there.
func TestCorpus(t *testing.T) {
	t.Parallel()
	fsys := os.DirFS(corpus(t))
	all, _ := lint.Lookup("plumb:all")
	documents := 0
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !slices.Contains([]string{".json", ".yaml", ".yml"}, path.Ext(name)) {
			return err
		}
		doc, err := openapi.Load(t.Context(), fsys, name)
		if err != nil {
			return nil // no description: that loading says so is tested elsewhere
		}
		documents++
		rep, err := lint.Document(t.Context(), doc, all.Policy())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return nil
		}
		for _, i := range rep.Incomplete {
			t.Errorf("%s: rule %s did not finish: %s", name, i.Rule, i.Message)
		}
		for i := range rep.Findings {
			if fault := unplaced(doc, &rep.Findings[i]); fault != "" {
				t.Errorf("%s: %s at %q: %s", name, rep.Findings[i].Rule, rep.Findings[i].Location.Element, fault)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if documents == 0 {
		t.Error("the corpus holds no description")
	}
}

// unplaced says what is wrong with the place of a finding.
func unplaced(doc *openapi.Document, f *check.Finding) string {
	if f.Location.Line < 1 || f.Location.Column < 1 || f.Message == "" || strings.Contains(f.Message, "\n") {
		return "it has no line, no column or no message of one line"
	}
	tokens, err := openapi.ParsePointer(f.Location.Element)
	if err != nil {
		return err.Error()
	}
	for _, s := range doc.Sources() {
		if s.Name() != f.Location.File {
			continue
		}
		// What is wrong with a key may stand in a value that a second one
		// of its name has replaced.
		if f.Rule != "parser" && s.Root().Find(tokens...) == nil {
			return "there is no such element"
		}
		return ""
	}
	return "the file " + f.Location.File + " is none of the document's"
}

func TestRulesEndWithHostileDocuments(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`{"properties":{"a":`, 400) + "{}" + strings.Repeat("}}", 400)
	tests := map[string]string{
		"circle":   `{"openapi":"3.1.0","paths":{"$ref":"#/paths","description":"s"},"components":{"schemas":{"a":{"$ref":"#/components/schemas/a"}}}}`,
		"itself":   `{"openapi":"3.0.0","paths":{"/a":{"get":{"$ref":"#/paths/~1a/get"},"parameters":[{"$ref":"#/paths/~1a"}]}}}`,
		"root":     `{"openapi":"3.0.0","paths":{"/a":{"$ref":"#"}},"tags":{"$ref":"#"},"components":{"$ref":"#"},"servers":[{"$ref":"#"}]}`,
		"kinds":    `{"swagger":"2.0","paths":[[[]]],"info":7,"tags":{"a":1},"definitions":[],"security":true,"parameters":null,"responses":""}`,
		"deep":     `{"openapi":"3.0.0","paths":{},"components":{"schemas":{"a":` + deep + `}}}`,
		"products": `{"openapi":"3.0.0","paths":{},"servers":[{"url":"{a}{b}{c}{d}{e}{f}","variables":{` + strings.Repeat(`"x":{"default":"","enum":["1","2","3","4","5","6","7","8","9"]},`, 1) + manyVariables() + `}}]}`,
		"enum":     `{"openapi":"3.1.0","paths":{},"components":{"schemas":{"a":{"enum":[{"$ref":"#/components/schemas/a"},{"$ref":"#/components/schemas/a"}],"type":"array"}}}}`,
	}
	all, _ := lint.Lookup("plumb:all")
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, err := openapi.Parse("api.json", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			rep, err := lint.Document(context.Background(), doc, all.Policy())
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range rep.Incomplete {
				t.Errorf("rule %s did not finish: %s", i.Rule, i.Message)
			}
			for i := range rep.Findings {
				if fault := unplaced(doc, &rep.Findings[i]); fault != "" {
					t.Errorf("%s at %q: %s", rep.Findings[i].Rule, rep.Findings[i].Location.Element, fault)
				}
			}
		})
	}
}

// manyVariables are six server variables of nine values each: half a million
// URLs.
func manyVariables() string {
	var b strings.Builder
	for i, name := range []string{"a", "b", "c", "d", "e", "f"} {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + name + `":{"default":"h","enum":["h","http","ftp","ws","wss","https","i","j","k"]}`)
	}
	return b.String()
}
