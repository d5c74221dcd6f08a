package parity_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// largest returns the texts of the largest pair of the corpus.
func largest(tb testing.TB) (rest, schema []byte) {
	tb.Helper()
	corpus := os.Getenv("PLUMB_CORPUS")
	if corpus == "" {
		corpus = "../../shared/corpus"
	}
	if _, err := os.Stat(corpus); err != nil {
		tb.Skipf("the corpus is not here (PLUMB_CORPUS): %v", err)
	}
	rest, err := os.ReadFile(filepath.Join(corpus, "github/rest/api.github.com.json"))
	if err != nil {
		tb.Fatal(err)
	}
	schema, err = os.ReadFile(filepath.Join(corpus, "github/graphql/schema.graphql"))
	if err != nil {
		tb.Fatal(err)
	}
	return rest, schema
}

func read(tb testing.TB, rest, schema []byte) (*openapi.Document, *graphql.Schema) {
	tb.Helper()
	doc, err := openapi.Parse("openapi.json", rest)
	if err != nil {
		tb.Fatal(err)
	}
	gql, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: schema})
	if err != nil {
		tb.Fatal(err)
	}
	return doc, gql
}

// BenchmarkLoad measures the floor of any comparison: reading both texts.
func BenchmarkLoad(b *testing.B) {
	rest, schema := largest(b)
	b.ReportAllocs()
	for b.Loop() {
		read(b, rest, schema)
	}
}

// BenchmarkCompareTexts measures reading both texts, matching and comparing.
func BenchmarkCompareTexts(b *testing.B) {
	rest, schema := largest(b)
	b.ReportAllocs()
	for b.Loop() {
		doc, gql := read(b, rest, schema)
		if _, err := parity.Match(b.Context(), doc, gql, parity.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMatch measures matching and comparing what was read, and the same
// for a product of three times the size.
func BenchmarkMatch(b *testing.B) {
	rest, schema := largest(b)
	for _, copies := range []int{1, 3} {
		doc, gql := scaled(b, rest, schema, copies)
		b.Run(fmt.Sprintf("x%d", copies), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := parity.Match(b.Context(), doc, gql, parity.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// scaled reads a product of several copies of a pair, in each of which types
// and paths have a word of their own.
func scaled(tb testing.TB, rest, schema []byte, copies int) (*openapi.Document, *graphql.Schema) {
	tb.Helper()
	doc, gql := read(tb, rest, schema)
	if copies == 1 {
		return doc, gql
	}
	var paths, schemas, sdl []string
	ref := regexp.MustCompile(`"#/components/schemas/`)
	text := func(n *openapi.Node) string {
		start, end := n.Offsets()
		return n.Source().Text()[start:end]
	}
	names := map[string]bool{}
	for _, t := range gql.Types {
		names[t.Name] = t.Kind != graphql.Scalar && !t.IsRoot()
	}
	word := regexp.MustCompile(`\b[A-Za-z_][A-Za-z0-9_]*\b`)
	root := regexp.MustCompile(`(?ms)^type (Query|Mutation)\b.*?^}`)
	field := regexp.MustCompile(`(?m)^  ([a-z]\w*)`)
	bare := regexp.MustCompile(`(?ms)^\s*"""(\\"""|.)*?"""$`).ReplaceAllString(gql.SDL(), "")
	bare = regexp.MustCompile(`(?m)^\s*"(\\.|[^"\\\n])*"$`).ReplaceAllString(bare, "")
	bare = regexp.MustCompile(`(?ms)^(scalar|directive) .*?$`).ReplaceAllString(bare, "")
	for i := range copies {
		own := []string{"amber", "birch", "coral", "delta"}[i]
		for _, n := range doc.Root().Get("paths").Children() {
			paths = append(paths, fmt.Sprintf("%q:%s", "/"+own+n.Key(), ref.ReplaceAllString(text(n), `"#/components/schemas/`+own+"-")))
		}
		for _, n := range doc.Root().Find("components", "schemas").Children() {
			schemas = append(schemas, fmt.Sprintf("%q:%s", own+"-"+n.Key(), ref.ReplaceAllString(text(n), `"#/components/schemas/`+own+"-")))
		}
		upper := strings.ToUpper(own[:1]) + own[1:]
		renamed := root.ReplaceAllStringFunc(bare, func(block string) string {
			block = field.ReplaceAllString(block, "  "+own+"_$1")
			if i > 0 {
				block = "extend " + block
			}
			return block
		})
		sdl = append(sdl, word.ReplaceAllStringFunc(renamed, func(w string) string {
			if names[w] {
				return upper + w
			}
			return w
		}))
	}
	var others []string
	for _, n := range doc.Root().Get("components").Children() {
		if n.Key() != "schemas" {
			others = append(others, fmt.Sprintf("%q:%s", n.Key(), ref.ReplaceAllString(text(n), `"#/components/schemas/amber-`)))
		}
	}
	big := `{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{` + strings.Join(paths, ",") +
		`},"components":{"schemas":{` + strings.Join(schemas, ",") + "}," + strings.Join(others, ",") + "}}"
	for _, t := range gql.Scalars {
		sdl = append(sdl, "scalar "+t.Name)
	}
	return read(tb, []byte(big), []byte(strings.Join(sdl, "\n")))
}
