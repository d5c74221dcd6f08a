package lint_test

import (
	"io/fs"
	"testing"

	"github.com/plumbapi/plumb/check/checktest/cases"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/lint/internal/oas"
	"github.com/plumbapi/plumb/openapi"
)

// FuzzDocument lints whatever can be read with every rule: each finishes, and
// each finding has its place.
func FuzzDocument(f *testing.F) {
	names, err := fs.Glob(oas.Testdata, "testdata/*.txtar")
	if err != nil || len(names) == 0 {
		f.Fatalf("no cases to begin with: %v", err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(oas.Testdata, name)
		if err != nil {
			f.Fatal(err)
		}
		file, err := cases.Parse(data)
		if err != nil {
			f.Fatal(err)
		}
		for _, c := range append(file.Bad, file.Good...) {
			f.Add(c.Root().Data)
		}
	}
	all, _ := lint.Lookup("plumb:all")
	policy := all.Policy()
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := openapi.Parse("api.yaml", data)
		if err != nil {
			return
		}
		rep, err := lint.Document(t.Context(), doc, policy)
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
