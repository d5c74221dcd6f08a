package lint_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/fix"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/openapi"
)

// maxFixed is how large the descriptions are that TestFixCorpus mends, in
// bytes: all but the ones of many megabytes.
const maxFixed = 2 << 20

// TestFixCorpus applies the safe fixes of spectral:oas and of plumb's own rules
// to real descriptions: they can be read afterwards, nothing is found that was
// not found before, and what is removed is removed by a fix.
func TestFixCorpus(t *testing.T) {
	t.Parallel()
	fsys := os.DirFS(corpus(t))
	fixed := 0
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !slices.Contains([]string{".json", ".yaml", ".yml"}, path.Ext(name)) {
			return err
		}
		if info, err := entry.Info(); err != nil || info.Size() > maxFixed {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		if doc, err := openapi.Parse("api", data); err == nil && len(doc.Sources()) == 1 {
			n, err := fixDocument(t, doc.Root().Source().Text())
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			fixed += n
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if fixed == 0 {
		t.Error("no finding of the corpus has a fix")
	}
	t.Logf("%d findings were fixed", fixed)
}

// follows are rules that find what a fix makes visible: a tag that is declared
// by its name has no description yet, and a description that $ref hides is
// none.
var follows = map[string]bool{"tag-description": true, "property-description": true}

// fixDocument applies the safe fixes of a description until there are none,
// and returns how many findings that were.
func fixDocument(t *testing.T, text string) (fixed int, err error) {
	t.Helper()
	all, _ := lint.Lookup("plumb:all")
	var before map[string]int // findings of each rule
	for range 100 {
		fsys := fstest.MapFS{"api": {Data: []byte(text)}}
		doc, err := openapi.Load(t.Context(), fsys, "api")
		if err != nil {
			return fixed, fmt.Errorf("after %d fixes it cannot be read: %w", fixed, err)
		}
		rep, err := lint.Document(t.Context(), doc, all.Policy())
		if err != nil {
			return fixed, err
		}
		var fixes []*check.Fix
		found := map[string]int{}
		for i := range rep.Findings {
			f := &rep.Findings[i]
			found[f.Rule]++
			if f.Fix != nil && !f.Fix.Unsafe {
				fixes = append(fixes, f.Fix)
			}
		}
		if before == nil {
			before = found
		}
		if len(fixes) == 0 {
			return fixed, unforeseen(before, found)
		}
		texts := fix.New(func(string) (string, error) { return text, nil })
		applied := 0
		for i, o := range texts.Apply(fixes) {
			if o.Err != nil {
				return fixed, fmt.Errorf("the fix %q: %w", fixes[i].Title, o.Err)
			}
			if o.Applied {
				applied++
			}
		}
		if text, _ = texts.Text("api"); applied == 0 {
			return fixed, fmt.Errorf("none of %d fixes can be applied", len(fixes))
		}
		fixed += applied
	}
	return fixed, fmt.Errorf("after %d fixes there is still something to fix", fixed)
}

// unforeseen tells of findings that fixes have made and none has mended. Messages
// name what fixes change, so that rules are counted.
func unforeseen(before, after map[string]int) error {
	for _, rule := range slices.Sorted(maps.Keys(after)) {
		if after[rule] > before[rule] && !follows[rule] {
			return fmt.Errorf("%s has %d findings, and had %d", rule, after[rule], before[rule])
		}
	}
	return nil
}
