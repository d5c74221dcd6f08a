package webhook_test

import (
	"testing"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook"
)

// BenchmarkGitHub measures reading a description of 4.8 MB; the floor is what
// loading it as a document takes.
func BenchmarkGitHub(b *testing.B) {
	s := corpus(b, "github/webhooks/openapi-webhooks.api.github.com.json")[0]
	p := provide(b, "github")
	doc, err := openapi.Parse(s.Name, s.Data)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("load", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(s.Data)))
		for b.Loop() {
			if _, err := openapi.Parse(s.Name, s.Data); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("model", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(s.Data)))
		for b.Loop() {
			if _, err := webhook.FromOpenAPI(doc, webhook.Options{Provider: p}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkPayloads measures what 329 payloads of 4 MB are made of.
func BenchmarkPayloads(b *testing.B) {
	sources := corpus(b, "github/webhooks/examples.index.json")
	p := provide(b, "github")
	b.ReportAllocs()
	b.SetBytes(int64(len(sources[0].Data)))
	for b.Loop() {
		if _, err := webhook.Read(sources, webhook.Options{Provider: p}); err != nil {
			b.Fatal(err)
		}
	}
}
