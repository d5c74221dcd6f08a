package openapi_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/plumbapi/plumb/openapi"
	"go.yaml.in/yaml/v4"
)

// corpusDir is where the real descriptions are.
func corpusDir() string {
	if dir := os.Getenv("PLUMB_CORPUS"); dir != "" {
		return dir
	}
	return filepath.Join("..", "..", "shared", "corpus")
}

// corpus returns the text of a real description, or skips.
func corpus(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(corpusDir(), filepath.FromSlash(name)))
	if err != nil {
		tb.Skipf("the corpus is not here: %v (set PLUMB_CORPUS)", err)
	}
	return data
}

func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"github/rest/api.github.com.json", "stripe/spec3.2023-09-12.yaml"} {
		b.Run(filepath.Base(name), func(b *testing.B) {
			data := corpus(b, name)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := openapi.Parse(name, data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkYAMLFloor is what yaml.v4 needs for its own node tree: the floor
// under BenchmarkParse of a YAML description.
func BenchmarkYAMLFloor(b *testing.B) {
	data := corpus(b, "stripe/spec3.2023-09-12.yaml")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		var n yaml.Node
		if err := yaml.Unmarshal(data, &n); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkModel reads GitHub's description and builds kin-openapi's model of
// it, from the text each time. Its peer is BenchmarkKinLoader.
func BenchmarkModel(b *testing.B) {
	data := corpus(b, "github/rest/api.github.com.json")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		doc, err := openapi.Parse("api.github.com.json", data)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := doc.Model(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkKinLoader is kin-openapi's own way from the text to its model.
func BenchmarkKinLoader(b *testing.B) {
	data := corpus(b, "github/rest/api.github.com.json")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := openapi3.NewLoader().LoadFromData(data); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTokenFloor is what tokenising alone needs: the floor under
// BenchmarkParse of a JSON description.
func BenchmarkTokenFloor(b *testing.B) {
	data := corpus(b, "github/rest/api.github.com.json")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		d := jsontext.NewDecoder(bytes.NewBuffer(data), jsontext.AllowDuplicateNames(true))
		for {
			if _, err := d.ReadToken(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}
