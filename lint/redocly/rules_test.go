package redocly_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	internal "github.com/plumbapi/plumb/lint/internal/redocly"
	"github.com/plumbapi/plumb/lint/redocly"
	"github.com/plumbapi/plumb/openapi"
)

// TestRules runs every rule, and every assertion, over a description of its own.
// Each file has the configuration, the description and what Redocly CLI finds: the
// line, the rule and the place.
func TestRules(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range internal.Rules() {
		if !slices.Contains(names, filepath.Join("testdata", "rules", r.ID+".txtar")) {
			t.Errorf("there is no testdata/rules/%s.txtar", r.ID)
		}
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := sections(data)
			want := string(files["want"].Data)
			delete(files, "want")
			if diff := gocmp.Diff(want, lines(findings(t, files))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// sections are the files that a text has behind lines such as "-- api.yaml --".
func sections(data []byte) fstest.MapFS {
	files := fstest.MapFS{}
	var f *fstest.MapFile
	for line := range strings.Lines(string(data)) {
		name, ok := strings.CutPrefix(strings.TrimSpace(line), "-- ")
		if name, end := strings.CutSuffix(name, " --"); ok && end {
			f = &fstest.MapFile{}
			files[name] = f
			continue
		}
		f.Data = append(f.Data, line...)
	}
	return files
}

// findings are those of redocly.yaml over api.yaml.
func findings(t *testing.T, files fstest.MapFS) []check.Finding {
	t.Helper()
	config, err := (&redocly.Loader{FS: files}).Load("redocly.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(config.Notes) > 0 {
		t.Errorf("notes: %q", config.Notes)
	}
	doc, err := openapi.Load(t.Context(), files, "api.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rep, err := check.Run(t.Context(), config.For("api.yaml").Rules(doc.Version()), doc, check.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	if !rep.Complete() {
		t.Error("the report is incomplete")
	}
	return rep.Findings
}

// lines are findings as the files have them, by line.
func lines(found []check.Finding) string {
	slices.SortFunc(found, func(a, b check.Finding) int {
		return cmp.Or(a.Location.Line-b.Location.Line, cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Location.Element, b.Location.Element))
	})
	var b strings.Builder
	for _, f := range found {
		b.WriteString(strings.TrimSpace(fmt.Sprintf("%d %s %s", f.Location.Line, f.Rule, f.Location.Element)) + "\n")
	}
	return b.String()
}
