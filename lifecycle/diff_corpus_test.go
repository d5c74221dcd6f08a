package lifecycle_test

import (
	"testing"

	"github.com/plumbapi/plumb/lifecycle"
)

// versions are real pairs of versions.
var versions = []struct {
	name, base, revision string
	changes              int // at most
}{
	{"stripe", "stripe/spec3.2022-11-17.yaml", "stripe/spec3.2023-09-12.yaml", 1000},
	{"github", "github/rest/ghes-3.17.json", "github/rest/api.github.com.json", 1300},
	{"gitlab", "gitlab/rest/openapi_v2.2024-07.yaml", "gitlab/rest/openapi_v2.2024-09.yaml", 200},
}

// TestDiffCorpus holds over real descriptions what holds for every comparison:
// no change is told twice, each has its line, a document equals itself.
func TestDiffCorpus(t *testing.T) {
	t.Parallel()
	for _, v := range versions {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			if testing.Short() && v.name != "gitlab" {
				t.Skip("real descriptions of this size wait for the long run")
			}
			base, revision := corpusDocument(t, v.base), corpusDocument(t, v.revision)
			c := lifecycle.Diff(base, revision, june)
			if n := len(c.Changes); n == 0 || n > v.changes {
				t.Errorf("%d changes, want 1 to %d", n, v.changes)
			}
			sound(t, base, revision, c)
		})
	}
}

// TestDiffCorpusItself compares real descriptions of all versions of OpenAPI
// with themselves, read twice.
func TestDiffCorpusItself(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"slack/slack_web_openapi_v2.json", "gitlab/rest/openapi_v2.2024-07.yaml", "gitlab/rest/openapi_v3-converted.2024-07.yaml",
		"readme-oas-examples/2.0/petstore.json", "stripe/spec3.2022-04-12.json",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c := lifecycle.Diff(corpusDocument(t, name), corpusDocument(t, name)); len(c.Changes) > 0 {
				t.Errorf("%d changes, first %s", len(c.Changes), line(&c.Changes[0]))
			}
		})
	}
}

func BenchmarkDiff(b *testing.B) {
	for _, v := range versions {
		b.Run(v.name, func(b *testing.B) {
			base, revision := corpusDocument(b, v.base), corpusDocument(b, v.revision)
			b.ReportAllocs()
			for b.Loop() {
				lifecycle.Diff(base, revision, june)
			}
		})
	}
}

// BenchmarkDiffFloor reads both versions, which comes before any comparison.
func BenchmarkDiffFloor(b *testing.B) {
	for _, v := range versions {
		b.Run(v.name, func(b *testing.B) {
			for b.Loop() {
				corpusDocument(b, v.base)
				corpusDocument(b, v.revision)
			}
		})
	}
}
