package usage_test

import (
	"io"
	"os"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle/usage"
	"github.com/plumbapi/plumb/openapi"
)

// describe returns options with both descriptions of the tracker.
func describe(tb testing.TB) usage.Options {
	tb.Helper()
	return usage.Options{REST: []*openapi.Document{restOf(tb)}, GraphQL: []*graphql.Schema{schemaOf(tb)}, Salt: []byte("salt"), Workers: 2}
}

func restOf(tb testing.TB) *openapi.Document {
	tb.Helper()
	loader := openapi.Loader{FS: os.DirFS("testdata")}
	doc, err := loader.Load(tb.Context(), "openapi.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

func schemaOf(tb testing.TB) *graphql.Schema {
	tb.Helper()
	schema, err := graphql.Load(tb.Context(), os.DirFS("testdata"), "schema.graphql")
	if err != nil {
		tb.Fatal(err)
	}
	return schema
}

// count counts one log.
func count(tb testing.TB, o usage.Options, text string) *usage.Result {
	tb.Helper()
	res, err := usage.Count(tb.Context(), []usage.Log{{Name: "a.log", R: strings.NewReader(text)}}, o)
	if err != nil {
		tb.Fatal(err)
	}
	return res
}

// calls are the elements that are called, and how often.
func calls(res *usage.Result) map[string]int64 {
	m := map[string]int64{}
	for _, e := range res.Elements {
		if e.Calls > 0 {
			m[e.Name] = e.Calls
		}
	}
	return m
}

func readSchema(r io.Reader) (*graphql.Schema, error) { return graphql.Read(r, "other.graphql") }
