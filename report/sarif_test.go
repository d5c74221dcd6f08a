package report_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/report"
)

// The module whose source holds the official schema, with its first errata,
// as a constant. It is read where the module cache has it; nothing of it is
// built.
const schemaModule = "github.com/owenrumney/go-sarif/v3@v3.3.1"

func TestSARIFIsValid(t *testing.T) {
	t.Parallel()
	schema := sarifSchema(t)
	tests := []struct {
		name string
		rep  *check.Report
		opts report.Options
	}{
		{"rich", rich(), richOptions()},
		{"rich without options", rich(), report.Options{}},
		{"empty", clean(), report.Options{}},
		{"nothing at all", &check.Report{}, report.Options{}},
		{"many", many(300), report.Options{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if err := validate(schema, written(t, "sarif", tt.rep, tt.opts)); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("the schema tells", func(t *testing.T) {
		t.Parallel()
		log := written(t, "sarif", rich(), richOptions())
		for _, change := range [][2]string{
			{`"level":"note"`, `"level":"info"`},
			{`"startLine":9`, `"startLine":0`},
			{`"columnKind":"unicodeCodePoints"`, `"columnKind":"codePoints"`},
			{`"suppressions":[]`, `"suppressions":null`},
		} {
			broken := bytes.Replace(log, []byte(change[0]), []byte(change[1]), 1)
			if bytes.Equal(broken, log) {
				t.Errorf("the log does not have %s", change[0])
			} else if validate(schema, broken) == nil {
				t.Errorf("a log with %s passes as valid", change[1])
			}
		}
	})
}

func validate(schema *jsonschema.Schema, log []byte) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(log))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// sarifSchema compiles the official schema: the file that PLUMB_SARIF_SCHEMA
// names, or what the module cache has. The test is skipped where neither is.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text := schemaText(t)
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("sarif.json", value); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func schemaText(t *testing.T) string {
	t.Helper()
	if name := os.Getenv("PLUMB_SARIF_SCHEMA"); name != "" {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Skipf("no go command to ask for the module cache: %v", err)
	}
	name := filepath.Join(strings.TrimSpace(string(cache)), filepath.FromSlash(schemaModule), "pkg/report/v210/sarif/schema.go")
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Skipf("no SARIF schema: set PLUMB_SARIF_SCHEMA to the file, or run go mod download %s outside a module", schemaModule)
	}
	var text string
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && spec.Names[0].Name == "schema" {
			text, err = strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		}
		return true
	})
	if err != nil || text == "" {
		t.Fatalf("%s has no constant schema: %v", name, err)
	}
	return text
}

// What a place becomes, in cases that the goldens do not have.
func TestSARIFPlaces(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, file, root, uri, base string }{
		{"relative", "a/b.yaml", "", "a/b.yaml", "%SRCROOT%"},
		{"dot", "./a.yaml", "", "a.yaml", "%SRCROOT%"},
		{"within the root", "/home/me/p/a b.yaml", "/home/me/p", "a%20b.yaml", "%SRCROOT%"},
		{"root with a slash", "/p/a.yaml", "/p/", "a.yaml", "%SRCROOT%"},
		{"outside the root", "/elsewhere/a.yaml", "/home/me", "file:///elsewhere/a.yaml", ""},
		{"revision", "HEAD~1:a.yaml", "", "HEAD~1%3Aa.yaml", "%SRCROOT%"},
		{"address", "https://example.org/a b.json?x=1", "", "https://example.org/a%20b.json?x=1", ""},
		{"hash and question", "a#b?c.yaml", "", "a%23b%3Fc.yaml", "%SRCROOT%"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			rep := &check.Report{Findings: []check.Finding{{
				Rule: "r", Severity: check.Error, Location: check.Location{File: tt.file},
			}}}
			var log struct {
				Runs []struct {
					Results []struct {
						Locations []struct {
							PhysicalLocation struct {
								ArtifactLocation struct{ URI, URIBaseID string }
							}
						}
					}
				}
			}
			if err := json.Unmarshal(written(t, "sarif", rep, report.Options{Root: tt.root}), &log); err != nil {
				t.Fatal(err)
			}
			got := log.Runs[0].Results[0].Locations[0].PhysicalLocation.ArtifactLocation
			if diff := cmp.Diff(struct{ URI, URIBaseID string }{tt.uri, tt.base}, got); diff != "" {
				t.Errorf("artifactLocation (-want +got):\n%s", diff)
			}
		})
	}
}
