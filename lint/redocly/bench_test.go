package redocly_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/redocly"
	"github.com/plumbapi/plumb/openapi"
)

// BenchmarkRecommended runs redocly:recommended over GitHub's description, which is
// loaded once.
func BenchmarkRecommended(b *testing.B) {
	doc := github(b)
	config, ok := redocly.Preset("recommended")
	if !ok {
		b.Fatal("there is no ruleset recommended")
	}
	b.ReportAllocs()
	for b.Loop() {
		rules := config.For("").Rules(doc.Version())
		rep, err := check.Run(b.Context(), rules, doc, check.Policy{})
		if err != nil {
			b.Fatal(err)
		}
		if !rep.Complete() || len(rep.Findings) == 0 {
			b.Fatalf("complete: %v, %d findings", rep.Complete(), len(rep.Findings))
		}
	}
}

// github loads GitHub's description of 13 MB, where PLUMB_CORPUS has it.
func github(b *testing.B) *openapi.Document {
	b.Helper()
	corpus := os.Getenv("PLUMB_CORPUS")
	if corpus == "" {
		corpus = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	file := filepath.Join(corpus, "github", "rest", "api.github.com.json")
	data, err := os.ReadFile(file)
	if err != nil {
		b.Skip("PLUMB_CORPUS has no github/rest/api.github.com.json")
	}
	doc, err := openapi.Parse("api.github.com.json", data)
	if err != nil {
		b.Fatal(err)
	}
	return doc
}
