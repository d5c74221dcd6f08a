package openapi_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/openapi"
)

// everyField has cmp look into unexported fields too.
var everyField = cmp.Exporter(func(reflect.Type) bool { return true })

// corpusDocuments returns the OpenAPI documents of the corpus by path.
func corpusDocuments(tb testing.TB) map[string][]byte {
	tb.Helper()
	docs := map[string][]byte{}
	for _, root := range []string{corpusDir(), filepath.Join(corpusDir(), "..", "expected", "oasdiff-pairs")} {
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			switch filepath.Ext(path) {
			case ".json", ".yaml", ".yml":
				data, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				if head := string(data[:min(len(data), 4096)]); strings.Contains(head, "openapi") || strings.Contains(head, "swagger") {
					docs[path] = data
				}
			}
			return nil
		})
		if err != nil {
			tb.Skipf("the corpus is not here: %v (set PLUMB_CORPUS)", err)
		}
	}
	return docs
}

func TestModelEqualsKinLoader(t *testing.T) {
	t.Parallel()
	for path, data := range corpusDocuments(t) {
		doc, err := openapi.Parse(path, data)
		if err != nil {
			t.Logf("%s: %v", path, err)
			continue
		}
		if doc.Version() == openapi.V20 {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			want, kinErr := openapi3.NewLoader().LoadFromData(data)
			got, err := doc.Model()
			if kinErr != nil {
				t.Logf("kin-openapi refuses it: %v; ours: %v", kinErr, err)
				return
			}
			if err != nil {
				t.Fatalf("Model: %v", err)
			}
			if diff := cmp.Diff(want, got, everyField); diff != "" {
				t.Errorf("Model (-kin +ours):\n%s", short(diff))
			}
		})
	}
}

// short keeps the part of a diff that a reader can use.
func short(diff string) string {
	const limit = 4000
	if len(diff) > limit {
		return diff[:limit] + "\n…"
	}
	return diff
}
