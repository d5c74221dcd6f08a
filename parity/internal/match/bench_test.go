package match_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/match"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// pair reads the largest pair of descriptions of the corpus.
func pair(b *testing.B) (*openapi.Document, *graphql.Schema) {
	b.Helper()
	corpus := os.Getenv("PLUMB_CORPUS")
	if corpus == "" {
		corpus = "../../../../shared/corpus"
	}
	dir := filepath.Join(corpus, "github")
	if _, err := os.Stat(dir); err != nil {
		b.Skipf("the corpus is not here (PLUMB_CORPUS): %v", err)
	}
	doc, err := openapi.Load(b.Context(), os.DirFS(dir), "rest/api.github.com.json")
	if err != nil {
		b.Fatal(err)
	}
	schema, err := graphql.Load(b.Context(), os.DirFS(dir), "graphql/schema.graphql")
	if err != nil {
		b.Fatal(err)
	}
	return doc, schema
}

// BenchmarkViews measures how long it takes to see both descriptions as a
// comparison needs them.
func BenchmarkViews(b *testing.B) {
	doc, schema := pair(b)
	b.ReportAllocs()
	for b.Loop() {
		lex, err := word.New(word.Packs(), nil)
		if err != nil {
			b.Fatal(err)
		}
		rest.Build(doc, lex)
		gql.Build(schema, lex)
	}
}

// BenchmarkRun measures the matching alone.
func BenchmarkRun(b *testing.B) {
	doc, schema := pair(b)
	lex, err := word.New(word.Packs(), nil)
	if err != nil {
		b.Fatal(err)
	}
	r, g := rest.Build(doc, lex), gql.Build(schema, lex)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := match.Run(b.Context(), r, g, lex); err != nil {
			b.Fatal(err)
		}
	}
}
