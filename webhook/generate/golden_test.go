package generate_test

import (
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/webhook/generate"
)

// What is written for a small product, for people to read.
func TestGolden(t *testing.T) {
	t.Parallel()
	m := tracker()
	code, err := generate.Go(m, generate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := generate.Schemas(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(append(code, generate.TypeScript(m, generate.Options{})...), schemas...) {
		// The go command takes what ends in .go for a part of this module.
		golden.Compare(t, filepath.Join("testdata", "tracker", filepath.FromSlash(f.Name)+".golden"), f.Data)
	}
	for _, f := range generate.TypeScript(m, generate.Options{}) {
		inspectTypeScript(t, f.Data)
	}
	inspect(t, code)
}
