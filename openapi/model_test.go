package openapi_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/openapi"
	"go.yaml.in/yaml/v4"
)

// everyField has cmp look into unexported fields too.
var everyField = cmp.Exporter(func(reflect.Type) bool { return true })

// corpusDocuments returns the OpenAPI descriptions among the corpus's files by
// path, each read once for all tests.
var corpusDocuments = sync.OnceValues(func() (map[string]*openapi.Document, error) {
	docs := map[string]*openapi.Document{}
	for _, root := range []string{corpusDir(), filepath.Join(corpusDir(), "..", "expected", "oasdiff-pairs")} {
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !slices.Contains([]string{".json", ".yaml", ".yml"}, filepath.Ext(path)) {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			// Payloads, schemas and fixtures are no descriptions.
			if doc, err := openapi.Parse(path, data); err == nil {
				docs[path] = doc
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return docs, nil
})

// eachCorpusDocument runs a test for every description of the corpus.
func eachCorpusDocument(t *testing.T, run func(t *testing.T, doc *openapi.Document)) {
	t.Helper()
	const large = 4 << 20
	docs, err := corpusDocuments()
	if err != nil {
		t.Skipf("the corpus is not here: %v (set PLUMB_CORPUS)", err)
	}
	for _, path := range slices.Sorted(maps.Keys(docs)) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			if testing.Short() && len(docs[path].Source().Text()) > large {
				t.Skip("large, and -short is set")
			}
			run(t, docs[path])
		})
	}
}

// kinModel is what kin-openapi makes of a description by itself.
func kinModel(data []byte, v openapi.Version) (*openapi3.T, error) {
	if v != openapi.V20 {
		return openapi3.NewLoader().LoadFromData(data)
	}
	var old openapi2.T
	// YAML goes by way of JSON, as it does in kin-openapi.
	if err := json.Unmarshal(data, &old); err != nil {
		var v any
		if err := yaml.Unmarshal(data, &v); err != nil {
			return nil, err
		}
		data, err = json.Marshal(v)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(data, &old); err != nil {
			return nil, err
		}
	}
	return openapi2conv.ToV3(&old)
}

func TestModelEqualsKinLoader(t *testing.T) {
	t.Parallel()
	eachCorpusDocument(t, func(t *testing.T, doc *openapi.Document) {
		want, kinErr := kinModel([]byte(doc.Source().Text()), doc.Version())
		got, err := doc.Model()
		if kinErr != nil {
			t.Logf("kin-openapi refuses it: %v; ours: %v", kinErr, err)
			return
		}
		if err != nil {
			t.Fatalf("Model: %v", err)
		}
		// DeepEqual compares what is shared once, Diff as often as it is
		// reached, which takes a minute for the largest: it then only says
		// what differs.
		const small = 1 << 20
		equal := reflect.DeepEqual(want, got)
		if equal && len(doc.Source().Text()) > small {
			return
		}
		if diff := cmp.Diff(want, got, everyField); diff != "" || !equal {
			t.Errorf("Model (-kin +ours):\n%s", short(diff))
		}
	})
}

// short keeps the part of a diff that a reader can use.
func short(diff string) string {
	const limit = 4000
	if len(diff) > limit {
		return diff[:limit] + "\n…"
	}
	return diff
}
