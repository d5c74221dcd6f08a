package parity_test

import (
	"bytes"
	"io/fs"
	"path"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// TestRules runs every rule over the cases of its own: pairs of descriptions
// that the matcher has to pair by itself, as it would those of a product.
func TestRules(t *testing.T) {
	t.Parallel()
	checktest.RunFS(t, parity.Rules(), "testdata/rules", func(fsys fs.FS, root string) (*parity.Result, error) {
		return matchCase(t, fsys, path.Dir(root))
	})
}

// matchCase matches the descriptions of a folder, with the parity.yaml, the
// parity.lock and the section of plumb.yaml that it has.
func matchCase(t *testing.T, fsys fs.FS, dir string) (*parity.Result, error) {
	doc, err := openapi.Load(t.Context(), fsys, dir+"/openapi.yaml")
	if err != nil {
		return nil, err
	}
	schema, err := graphql.Load(t.Context(), fsys, dir+"/schema.graphql")
	if err != nil {
		return nil, err
	}
	opts := parity.Options{Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	if data, err := fs.ReadFile(fsys, dir+"/parity.yaml"); err == nil {
		if opts.Overrides, err = parity.ReadOverrides(dir+"/parity.yaml", data); err != nil {
			return nil, err
		}
	}
	if data, err := fs.ReadFile(fsys, dir+"/parity.lock"); err == nil {
		if opts.Lock, err = parity.ReadLock(dir+"/parity.lock", data); err != nil {
			return nil, err
		}
	}
	if data, err := fs.ReadFile(fsys, dir+"/usage.csv"); err == nil {
		if opts.Usage, err = parity.ReadUsage(bytes.NewReader(data)); err != nil {
			return nil, err
		}
	}
	if data, err := fs.ReadFile(fsys, dir+"/plumb.yaml"); err == nil {
		var project struct {
			Parity struct {
				Min       float64
				Direction parity.Direction
			}
		}
		if err := yaml.Unmarshal(data, &project); err != nil {
			return nil, err
		}
		opts.Min, opts.Direction = project.Parity.Min, project.Parity.Direction
	}
	return parity.Match(t.Context(), doc, schema, opts)
}
