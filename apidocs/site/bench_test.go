package site_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/site"
	"github.com/plumbapi/plumb/openapi"
)

type nowhere struct{}

func (nowhere) Put(string, []byte) error { return nil }

func BenchmarkBuild(b *testing.B) {
	data, err := os.ReadFile(filepath.Join(os.Getenv("PLUMB_CORPUS"), "github/rest/api.github.com.json"))
	if err != nil {
		b.Skip(err)
	}
	doc, err := openapi.Parse("api.github.com.json", data)
	if err != nil {
		b.Fatal(err)
	}
	doc.Operations()
	for b.Loop() {
		ref, err := apidocs.Read(apidocs.Input{OpenAPI: []*openapi.Document{doc}})
		if err != nil {
			b.Fatal(err)
		}
		s, err := site.Build(b.Context(), ref, site.Options{}, nowhere{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(s.Bytes)/1e6, "MB")
	}
}
