package site_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/site"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/internal/pagetest"
	"github.com/plumbapi/plumb/openapi"
)

// onDisk writes a site to a folder and returns the address of that.
func onDisk(t *testing.T, files fstest.MapFS) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	return "file://" + filepath.ToSlash(dir) + "/"
}

// alone fails the test at its end for everything that pages ask for beyond the
// folder, and for every message and exception.
func alone(t *testing.T, ctx context.Context, folder string) {
	t.Helper()
	var mu sync.Mutex
	var bad []string
	err := chromedp.Listen(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			bad = append(bad, fmt.Sprintf("console.%s", e.Type))
		case *runtime.EventExceptionThrown:
			bad = append(bad, "exception: "+e.ExceptionDetails.Text)
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, folder) && !strings.HasPrefix(e.Request.URL, "data:") {
				bad = append(bad, "request: "+e.Request.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, s := range bad {
			t.Error(s)
		}
	})
}

// TestInABrowser opens the example library from a folder: it is searched, and
// what an address points into is unfolded.
func TestInABrowser(t *testing.T) {
	t.Parallel()
	folder := onDisk(t, build(t, apidocs.Input{}, site.Options{}, library, libraryGraph))
	ctx := pagetest.Browser(t)
	alone(t, ctx, folder)
	pagetest.Do(t, ctx, chromedp.Navigate(folder+"index.html"))
	for query, want := range map[string]string{
		"get shelf": "rest/shelves/get-shelf", "/shelves/{id}": "rest/shelves/get-shelf", "X-Trace": "rest/shelves/get-shelf",
		"shelf moved": "webhooks/shelves/shelf-moved", "gte shlef": "rest/shelves/get-shelf", "sequel": "rest/types/book",
	} {
		if got := found(t, ctx, query); len(got) == 0 || got[0] != want {
			t.Errorf("%q finds %q, want %s first", query, got, want)
		}
	}
	pagetest.Do(t, ctx, chromedp.SendKeys(`#q`, "get shelf"), chromedp.WaitVisible(`#found li`))
	pagetest.Do(t, ctx, chromedp.SendKeys(`#q`, "\r"), chromedp.WaitVisible(`.split`))
	if got := pagetest.Get(t, ctx, chromedp.Evaluate[string](`location.pathname.split("/").pop()`)); got != "get-shelf.html" {
		t.Errorf("the first result leads to %s", got)
	}
	pagetest.Do(t, ctx, chromedp.Navigate(folder+"rest/shelves/get-shelf.html#response-404"), chromedp.WaitReady(`details[open]#response-404`))
}

// found searches as a reader would, and returns the paths of the first three.
func found(t *testing.T, ctx context.Context, query string) []string {
	t.Helper()
	return findAll(t, ctx, []string{query})[0]
}

func findAll(t *testing.T, ctx context.Context, queries []string) [][]string {
	t.Helper()
	text, err := json.Marshal(queries)
	if err != nil {
		t.Fatal(err)
	}
	script := `(async () => { const out = []; for (const q of ` + string(text) + `) out.push((await plumbSearch.find(q)).slice(0, 3).map((f) => f.path)); return out; })()`
	return pagetest.Get(t, ctx, chromedp.Evaluate[[][]string](script, chromedp.EvalAwaitPromise))
}

// TestSearchFinds asks the reference of a large product 300 questions, made
// from the names, paths, summaries and members of its operations, some with a
// slip of the keyboard. The right one must be among the first three for 95 of
// 100.
func TestSearchFinds(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("api.json", corpusFile(t, "github/rest/api.github.com.json"))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: corpusFile(t, "github/graphql/schema.graphql")})
	if err != nil {
		t.Fatal(err)
	}
	ref, err := apidocs.Read(apidocs.Input{OpenAPI: []*openapi.Document{doc}, GraphQL: schema})
	if err != nil {
		t.Fatal(err)
	}
	m := &memory{}
	if _, err := site.Build(t.Context(), ref, site.Options{}, m); err != nil {
		t.Fatal(err)
	}
	folder := onDisk(t, m.files)
	ctx := pagetest.Browser(t)
	alone(t, ctx, folder)
	pagetest.Do(t, ctx, chromedp.Navigate(folder+"index.html"))

	questions := ask(ref, 300)
	var queries []string
	for _, q := range questions {
		queries = append(queries, q.text)
	}
	hits, missed := map[string]int{}, map[string]int{}
	for i, got := range findAll(t, ctx, queries) {
		q := questions[i]
		if q.right(got) {
			hits[q.kind]++
			continue
		}
		missed[q.kind]++
		t.Logf("%s %q finds %q, want %s", q.kind, q.text, got, q.want.Path)
	}
	all := 0
	for _, n := range hits {
		all += n
	}
	t.Logf("found %v, missed %v", hits, missed)
	if all < len(questions)*95/100 {
		t.Errorf("%d of %d found", all, len(questions))
	}
}

type question struct {
	kind, text string
	want       *apidocs.Entry
}

// right reports whether the wanted page, or another of the same name, is there.
func (q question) right(got []string) bool {
	for _, path := range got {
		if path == q.want.Path {
			return true
		}
	}
	return false
}

// ask makes questions of which one entry is the answer: titles that several
// operations share, and members that several have, are no questions.
func ask(ref *apidocs.Reference, n int) []question {
	rng := rand.New(rand.NewPCG(7, 7))
	titles, members := map[string]int{}, map[string]map[string]bool{}
	var ops []*apidocs.Entry
	own := map[*apidocs.Entry][]string{}
	for _, e := range ref.Entries {
		titles[strings.ToLower(e.Title)]++
		if e.Kind == apidocs.Operation {
			ops = append(ops, e)
		}
		for _, name := range membersOf(e) {
			if members[name] == nil {
				members[name] = map[string]bool{}
			}
			members[name][e.Path] = true
			own[e] = append(own[e], name)
		}
	}
	var out []question
	for len(out) < n {
		e := ops[rng.IntN(len(ops))]
		q := question{want: e}
		switch len(out) % 5 {
		case 0:
			q.kind, q.text = "name", e.Operation.Node.Get("operationId").Text()
		case 1:
			q.kind, q.text = "path", e.ID
		case 2:
			if titles[strings.ToLower(e.Title)] > 1 {
				continue
			}
			q.kind, q.text = "summary", e.Title
		case 3:
			if titles[strings.ToLower(e.Title)] > 1 {
				continue
			}
			if q.kind, q.text = "slip", slip(rng, e.Title); q.text == e.Title {
				continue
			}
		case 4:
			q.want = ref.Entries[rng.IntN(len(ref.Entries))]
			for _, name := range own[q.want] {
				if len(members[name]) == 1 && strings.ContainsAny(name, "_-") {
					q.kind, q.text = "member", name
				}
			}
			if q.text == "" {
				continue
			}
		}
		out = append(out, q)
	}
	return out
}

// membersOf are names that stand in an entry and nowhere else is looked for.
func membersOf(e *apidocs.Entry) []string {
	var out []string
	switch {
	case e.Operation != nil:
		for _, p := range e.Document.Parameters(e.Operation) {
			out = append(out, p.Get("name").Text())
		}
	case e.Node != nil:
		for _, p := range e.Node.Get("properties").Children() {
			out = append(out, p.Key())
		}
	}
	return out
}

// slip changes one letter of one long word, leaves one out, or swaps two.
func slip(rng *rand.Rand, title string) string {
	words := strings.Fields(title)
	for range 20 {
		i := rng.IntN(len(words))
		w := words[i]
		if len(w) < 5 {
			continue
		}
		at := 1 + rng.IntN(len(w)-2)
		switch rng.IntN(3) {
		case 0:
			w = w[:at] + w[at+1:]
		case 1:
			w = w[:at] + string(w[at+1]) + string(w[at]) + w[at+2:]
		default:
			w = w[:at] + string(rune('a'+rng.IntN(26))) + w[at+1:]
		}
		words[i] = w
		return strings.Join(words, " ")
	}
	return title
}
