package lifecycle_test

import (
	"testing"

	"github.com/plumbapi/plumb/lifecycle"
)

func BenchmarkInspectGitHub(b *testing.B) {
	doc := corpusDocument(b, "github/rest/api.github.com.json")
	doc.Root().Location() // the line table
	b.ReportAllocs()
	for b.Loop() {
		lifecycle.Inspect(doc)
	}
}

func BenchmarkInspectGitLabGraphQL(b *testing.B) {
	s := corpusSchema(b, "gitlab/graphql/schema.16.3.graphql")
	b.ReportAllocs()
	for b.Loop() {
		lifecycle.InspectGraphQL(s)
	}
}
