package route_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"github.com/plumbapi/plumb/lifecycle/internal/route"
	"github.com/plumbapi/plumb/openapi"
)

// corpus reads a real description, or skips.
func corpus(tb testing.TB, name string) *openapi.Document {
	tb.Helper()
	dir := os.Getenv("PLUMB_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
		tb.Skipf("the corpus is not here: %v (set PLUMB_CORPUS)", err)
	}
	doc, err := openapi.Load(tb.Context(), os.DirFS(dir), name)
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

var parameter = regexp.MustCompile(`\{[^/{}]*\}|\*\w+`)

// requests makes one request for every operation.
func requests(r *route.Router, base string) [][2]string {
	var list [][2]string
	for _, at := range r.Routes() {
		path := strings.NewReplacer(`\(`, "(", `\)`, ")", "(/)(*", "/*", "(*path/)", "*path/", "(ref/{ref}/)", "ref/{ref}/").Replace(at.Operation.Path)
		path = parameter.ReplaceAllString(path, "Some-Value~1")
		list = append(list, [2]string{at.Operation.Method, base + path})
	}
	return list
}

// TestEveryOperation asks for each operation of real descriptions.
func TestEveryOperation(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"github/rest/api.github.com.json", "gitlab/rest/openapi-handwritten.yaml", "gitlab/rest/openapi_v2.2024-09.yaml", "stripe/spec3.2023-09-12.yaml"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := route.New(corpus(t, name), route.Options{Bases: []string{"/base"}})
			for i, q := range requests(r, "/base") {
				want := &r.Routes()[i]
				got := r.Find(q[0], q[1]+"?page=2")
				if got != want && !sameForm(got, want) {
					t.Errorf("Find(%s, %s) = %q, want %q", q[0], q[1], found(got), found(want))
				}
			}
		})
	}
}

// sameForm reports whether two operations take the same requests, so that the
// first one is found.
func sameForm(got, want *route.Route) bool {
	if got == nil || got.Index > want.Index {
		return false
	}
	form := func(r *route.Route) string { return parameter.ReplaceAllString(found(r), "{}") }
	return form(got) == form(want)
}

// BenchmarkFind looks up every operation of GitHub once.
func BenchmarkFind(b *testing.B) {
	r := route.New(corpus(b, "github/rest/api.github.com.json"), route.Options{})
	list := requests(r, "")
	b.ReportAllocs()
	for b.Loop() {
		for _, q := range list {
			if r.Find(q[0], q[1]) == nil {
				b.Fatal(q)
			}
		}
	}
	perLookup(b, len(list))
}

// BenchmarkFloor looks the same requests up in one map that has exactly them:
// no router can be faster.
func BenchmarkFloor(b *testing.B) {
	r := route.New(corpus(b, "github/rest/api.github.com.json"), route.Options{})
	list := requests(r, "")
	all := map[[2]string]int{}
	for i, q := range list {
		all[q] = i + 1
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, q := range list {
			if all[q] == 0 {
				b.Fatal(q)
			}
		}
	}
	perLookup(b, len(list))
}

// BenchmarkKin is kin-openapi's router over the same requests. What it does
// not find counts too.
func BenchmarkKin(b *testing.B) {
	doc := corpus(b, "github/rest/api.github.com.json")
	model, err := doc.Model()
	if err != nil {
		b.Fatal(err)
	}
	forms := map[string]bool{} // it takes no two paths of one form
	for _, path := range model.Paths.InMatchingOrder() {
		form := parameter.ReplaceAllString(path, "{}")
		if forms[form] {
			model.Paths.Delete(path)
		}
		forms[form] = true
	}
	kin, err := legacy.NewRouter(model, openapi3.DisableExamplesValidation(), openapi3.DisableSchemaDefaultsValidation(), openapi3.DisableSchemaPatternValidation())
	if err != nil {
		b.Skipf("kin-openapi takes no such description: %v", err)
	}
	benchmarkKin(b, kin, requests(route.New(doc, route.Options{}), "https://api.github.com"))
}

func benchmarkKin(b *testing.B, kin routers.Router, list [][2]string) {
	var asked []*http.Request
	for _, q := range list {
		req, err := http.NewRequestWithContext(b.Context(), q[0], q[1], nil)
		if err != nil {
			b.Fatal(err)
		}
		asked = append(asked, req)
	}
	missed := 0
	b.ReportAllocs()
	for b.Loop() {
		missed = 0
		for _, req := range asked {
			if _, _, err := kin.FindRoute(req); err != nil {
				missed++
			}
		}
	}
	b.ReportMetric(float64(missed), "missed")
	perLookup(b, len(list))
}

// perLookup says what one request takes.
func perLookup(b *testing.B, n int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/lookup")
}
