package lifecycle_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/openapi"
)

// FuzzDiff compares any two documents that can be read: nothing panics, every
// change has a line, and a document equals itself.
func FuzzDiff(f *testing.F) {
	files, err := filepath.Glob("testdata/diff/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data, archive.Files[1].Data)
	}
	f.Fuzz(func(t *testing.T, base, revision []byte) {
		a, err := openapi.Parse("base.yaml", base)
		if err != nil {
			return
		}
		b, err := openapi.Parse("revision.yaml", revision)
		if err != nil {
			return
		}
		for _, options := range [][]lifecycle.Option{{june}, {june, lifecycle.Expand()}} {
			for _, c := range lifecycle.Diff(a, b, options...).Changes {
				if c.Base.Line == 0 && c.Revision.Line == 0 || c.Message == "" || c.Subject == "" {
					t.Errorf("not whole: %+v", c)
				}
			}
			if c := lifecycle.Diff(a, a, options...); len(c.Changes) > 0 {
				t.Errorf("differs from itself: %s", line(&c.Changes[0]))
			}
		}
	})
}
