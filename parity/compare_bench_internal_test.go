package parity

import (
	"cmp"
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

// BenchmarkCompare compares what the matcher found in real descriptions.
func BenchmarkCompare(b *testing.B) {
	for _, product := range []struct{ name, rest, graphql string }{
		{"github", "github/rest/api.github.com.json", "github/graphql/schema.graphql"},
		{"gitlab", "gitlab/rest/openapi_v2.2024-07.yaml", "gitlab/graphql/schema.16.3.graphql"},
	} {
		b.Run(product.name, func(b *testing.B) {
			p := realPairing(b, product.rest, product.graphql)
			properties := 0
			for _, link := range p.types {
				properties += len(link.schema.Properties)
			}
			b.ReportAllocs()
			for b.Loop() {
				compareFields(p)
				compareInputs(p)
				compareTraits(p)
			}
			b.ReportMetric(float64(properties), "properties")
			b.ReportMetric(float64(len(p.operations)), "operations")
		})
	}
}

// realPairing matches two descriptions of the corpus; it skips where that is
// not there.
func realPairing(tb testing.TB, description, sdl string) *pairing {
	tb.Helper()
	read := func(name string) []byte {
		dir := cmp.Or(os.Getenv("PLUMB_CORPUS"), filepath.Join("..", "..", "shared", "corpus"))
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			tb.Skipf("the corpus is not here (PLUMB_CORPUS): %v", err)
		}
		return data
	}
	doc, err := openapi.Parse(description, read(description))
	if err != nil {
		tb.Fatal(err)
	}
	schema, err := graphql.Parse(graphql.File{Name: sdl, Data: read(sdl)})
	if err != nil {
		tb.Fatal(err)
	}
	lex, err := word.New(word.Packs(), nil)
	if err != nil {
		tb.Fatal(err)
	}
	p := &pairing{lex: lex, rest: rest.Build(doc, lex), gql: gql.Build(schema, lex)}
	found, err := match.Run(tb.Context(), p.rest, p.gql, lex)
	if err != nil {
		tb.Fatal(err)
	}
	res := &Result{REST: doc, GraphQL: schema}
	for _, op := range found.Operations {
		res.Operations = append(res.Operations, operation(op))
	}
	for _, t := range found.Types {
		res.Types = append(res.Types, typePair(t))
	}
	p.link(res)
	return p
}

// TestCompareRealDescriptions holds of descriptions that nobody wrote for a
// test that each property and each input is there once, that what is paired
// exists, and that nothing is both paired and missing.
func TestCompareRealDescriptions(t *testing.T) {
	t.Parallel()
	p := realPairing(t, "github/rest/api.github.com.json", "github/graphql/schema.graphql")
	seen := map[string]bool{}
	for _, f := range compareFields(p) {
		key := f.REST + "|" + f.Type
		if f.REST == "" {
			key = "|" + f.GraphQL
		}
		if seen[key] {
			t.Errorf("%s is there twice", key)
		}
		seen[key] = true
		if f.GraphQL != "" {
			seen["field "+f.GraphQL+string(f.Kind)] = true
			if p.field(f.GraphQL) == nil {
				t.Errorf("no field %s", f.GraphQL)
			}
		}
		if f.Confidence < 0 || f.Confidence > 1 || (f.Kind == RESTOnly) != (f.GraphQL == "") || (f.Kind == GraphQLOnly) != (f.REST == "") {
			t.Errorf("%s %s: kind %s, confidence %v", f.REST, f.GraphQL, f.Kind, f.Confidence)
		}
		if f.Kind == GraphQLOnly && (seen["field "+f.GraphQL+string(Same)] || seen["field "+f.GraphQL+string(Renamed)]) {
			t.Errorf("%s is paired and missing", f.GraphQL)
		}
	}
	inputs := map[string]bool{}
	for _, in := range compareInputs(p) {
		key := in.Operation + " " + in.REST
		if in.REST == "" {
			key = in.Operation + " " + in.GraphQL
		}
		if inputs[key] {
			t.Errorf("%s is there twice", key)
		}
		inputs[key] = true
		if _, ok := p.gql.Source.Lookup(in.GraphQL); in.GraphQL != "" && !ok {
			t.Errorf("no input %s", in.GraphQL)
		}
	}
}
