package guide_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/guide"
	"github.com/plumbapi/plumb/openapi"
)

func load(b *testing.B) *openapi.Document {
	b.Helper()
	data, err := os.ReadFile(filepath.Join(corpus(b), "github", "rest", "api.github.com.json"))
	if err != nil {
		b.Skip(err)
	}
	doc, err := openapi.Parse("github.json", data)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	return doc
}

// BenchmarkRules runs the rules that are not opt-in over GitHub's
// description, BenchmarkAllRules every one; run both with -cpu 1.
func BenchmarkRules(b *testing.B)    { benchmark(b, check.Policy{}) }
func BenchmarkAllRules(b *testing.B) { benchmark(b, all()) }

func benchmark(b *testing.B, policy check.Policy) {
	doc := load(b)
	rules := guide.Rules()
	findings := 0
	b.ReportAllocs()
	for b.Loop() {
		rep, err := check.Run(context.Background(), rules, doc, policy)
		if err != nil {
			b.Fatal(err)
		}
		findings = len(rep.Findings)
	}
	b.ReportMetric(float64(findings), "findings")
}

// BenchmarkFloor visits every value of the same document once and does
// nothing with it.
func BenchmarkFloor(b *testing.B) {
	doc := load(b)
	n := 0
	var walk func(*openapi.Node)
	walk = func(node *openapi.Node) {
		n++
		for _, c := range node.Children() {
			walk(c)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		n = 0
		walk(doc.Root())
	}
	b.ReportMetric(float64(n), "values")
}
