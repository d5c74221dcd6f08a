package site_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/site"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// corpusFile reads a file of the corpus, or skips the test.
func corpusFile(t testing.TB, name string) []byte {
	t.Helper()
	root := os.Getenv("PLUMB_CORPUS")
	if root == "" {
		root = "../../../shared/corpus"
	}
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Skipf("the corpus has no %s; set PLUMB_CORPUS to where it is", name)
	}
	return text
}

// What a page may be at most.
const (
	maxElements = 3000
	medianGzip  = 40 << 10
	almostGzip  = 150 << 10 // the 99th percentile
)

// TestCorpus builds the sites of real descriptions: no link leads nowhere, and
// no page is larger than a browser takes at once.
func TestCorpus(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"github/rest/api.github.com.json", "stripe/spec3.2023-09-12.yaml", "slack/slack_web_openapi_v2.json",
		"gitlab/rest/openapi_v2.2024-09.yaml", "readme-oas-examples/3.1/train-travel.json", "oai-examples/3.2/mega.yaml",
		"readme-oas-examples/3.1/webhooks.json", "readme-oas-examples/3.0/callbacks.json", "scalar-galaxy/galaxy.3.1.yaml",
	} {
		t.Run(strings.ReplaceAll(name, "/", "_"), func(t *testing.T) {
			if testing.Short() && strings.HasPrefix(name, "github") {
				t.Skip("short")
			}
			doc, err := openapi.Parse(name, corpusFile(t, name))
			if err != nil {
				t.Fatal(err)
			}
			in := apidocs.Input{OpenAPI: []*openapi.Document{doc}}
			fits(t, build(t, in, site.Options{}), "rest/")
		})
	}
	t.Run("graphql", func(t *testing.T) {
		schema, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: corpusFile(t, "github/graphql/schema.graphql")})
		if err != nil {
			t.Fatal(err)
		}
		fits(t, build(t, apidocs.Input{GraphQL: schema}, site.Options{}), "graphql/queries/")
	})
}

func fits(t *testing.T, files fstest.MapFS, part string) {
	t.Helper()
	sound(t, files)
	var sizes []int
	most, where := 0, ""
	for name, f := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		if n := elements(f.Data); n > most {
			most, where = n, name
		}
		if strings.HasPrefix(name, part) && !strings.HasPrefix(name, "rest/types/") {
			sizes = append(sizes, gzipped(t, f.Data))
		}
	}
	slices.Sort(sizes)
	if len(sizes) == 0 {
		t.Fatalf("there are no pages below %s", part)
	}
	median, almost := sizes[len(sizes)/2], sizes[len(sizes)*99/100]
	t.Logf("%d pages of %s: %d B gzipped at the median, %d B at the 99th percentile; at most %d elements (%s)", len(sizes), part, median, almost, most, where)
	if median > medianGzip || almost > almostGzip {
		t.Errorf("pages have %d B gzipped at the median and %d B at the 99th percentile, and may have %d and %d", median, almost, medianGzip, almostGzip)
	}
	if most > maxElements {
		t.Errorf("%s has %d elements, and may have %d", where, most, maxElements)
	}
}

// elements counts the elements of a page.
func elements(page []byte) int {
	return bytes.Count(page, []byte("<")) - bytes.Count(page, []byte("</")) - bytes.Count(page, []byte("<!"))
}

func gzipped(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
