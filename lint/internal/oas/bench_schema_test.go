package oas_test

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/oas"
	"github.com/plumbapi/plumb/openapi"
)

// BenchmarkSchemaRules runs the rules that check against JSON Schemas, each
// alone, over the largest description of each version in the corpus.
func BenchmarkSchemaRules(b *testing.B) {
	corpus := cmp.Or(os.Getenv("PLUMB_CORPUS"), filepath.Join("..", "..", "..", "..", "shared", "corpus"))
	for _, bench := range []struct {
		name  string
		file  string
		rules []string
	}{
		{"3.0, 13 MB", "github/rest/api.github.com.json", []string{"oas3-schema", "oas3-valid-schema-example", "oas3-valid-media-example"}},
		{"2.0, 1.6 MB", "gitlab/rest/openapi_v2.2024-09.yaml", []string{"oas2-schema", "oas2-valid-schema-example", "oas2-valid-media-example"}},
	} {
		if _, err := os.Stat(filepath.Join(corpus, bench.file)); err != nil {
			b.Skipf("no corpus at %s; set PLUMB_CORPUS", corpus)
		}
		doc, err := openapi.Load(b.Context(), os.DirFS(corpus), bench.file)
		if err != nil {
			b.Fatal(err)
		}
		for _, rule := range bench.rules {
			set, err := oas.Rules().Only(rule)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(bench.name+"/"+rule, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if rep, err := check.Run(b.Context(), set, doc, check.Policy{}); err != nil || !rep.Complete() {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
