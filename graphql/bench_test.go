package graphql_test

import (
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/plumbapi/plumb/graphql"
)

// BenchmarkParse makes the model of GitHub's schema, 1.2 MB of SDL, with all
// of its problems. BenchmarkGqlparser is the floor: the same file through
// gqlparser's parser alone, which the model is made from.
func BenchmarkParse(b *testing.B) {
	data := corpusFile(b, "github/graphql/schema.graphql")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: data}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGqlparser(b *testing.B) {
	data := corpusFile(b, "github/graphql/schema.graphql")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parser.ParseSchema(&ast.Source{Name: "schema.graphql", Input: string(data)}); err != nil {
			b.Fatal(err)
		}
	}
}
