package site_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/site"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/internal/pagetest"
	"github.com/plumbapi/plumb/openapi"
)

func single(t *testing.T, in apidocs.Input, o site.Options) []byte {
	t.Helper()
	doc, err := openapi.Parse("api.yaml", []byte(library))
	if err != nil {
		t.Fatal(err)
	}
	in.OpenAPI = []*openapi.Document{doc}
	if in.GraphQL, err = graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(libraryGraph)}); err != nil {
		t.Fatal(err)
	}
	ref, err := apidocs.Read(in)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := site.BuildSingle(t.Context(), ref, o, &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestSingle makes one file of everything: it says what the pages say, its links
// lead to its parts, and its policy allows what stands in it and nothing else.
func TestSingle(t *testing.T) {
	t.Parallel()
	guide := apidocs.Text{Name: "tour", Markdown: "# Tour\n\nFirst [prove who you are](../authentication.html#key), then [look](<ref:GET /shelves/{id}>).\n\n{{ sample getShelf Go }}\n"}
	in := apidocs.Input{Texts: []apidocs.Text{guide}, Attached: apidocs.Attached{Twins: []apidocs.Twin{{REST: "GET /shelves/{id}", GraphQL: "Shelf.title"}}}}
	text := single(t, in, site.Options{Theme: "p { color: red; }"})
	if !bytes.Equal(text, single(t, in, site.Options{Theme: "p { color: red; }"})) {
		t.Error("two builds differ")
	}
	sound(t, fstest.MapFS{"one.html": {Data: text}})
	page := string(text)
	for _, want := range []string{
		`<section class="sheet" id="rest/shelves/get-shelf">`, "One shelf, with its books.", `id="rest/shelves/get-shelf:response-200.title"`,
		`href="#authentication:key"`, `<a href="#rest/shelves/get-shelf" rel`, `href="#graphql/objects/shelf:title"`, "Callback moved",
		"shelf.moved", "query Shelf(", "p { color: red; }",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("it does not have %q", want)
		}
	}
	if found := regexp.MustCompile(`(?:href|src)="[^#"][^"]*\.(?:html|css|js)"`).FindString(page); found != "" {
		t.Errorf("it needs another file: %s", found)
	}
	for tag, n := range map[string]int{"style": 1, "script": 2} {
		all := regexp.MustCompile(`(?s)<`+tag+`>(.*?)</`+tag+`>`).FindAllStringSubmatch(page, -1)
		if len(all) != n {
			t.Fatalf("it has %d elements %s, want %d", len(all), tag, n)
		}
		for _, m := range all {
			sum := sha256.Sum256([]byte(m[1]))
			if hash := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(page, hash) {
				t.Errorf("the policy does not allow its own %s: %.60q", tag, m[1])
			}
		}
	}
}

// TestSingleInABrowser opens the one file from a disk, with JavaScript and
// without: nothing is asked for, and all is said.
func TestSingleInABrowser(t *testing.T) {
	t.Parallel()
	address := pagetest.Write(t, single(t, apidocs.Input{}, site.Options{}))
	ctx := pagetest.Browser(t)
	pagetest.Watch(t, ctx, address)
	pagetest.Do(t, ctx, chromedp.Navigate(address+"#rest/shelves/get-shelf:response-404"), chromedp.WaitReady(`details[open][id="rest/shelves/get-shelf:response-404"]`))
	pagetest.Do(t, ctx, chromedp.SendKeys(`#q`, "shelf"), chromedp.WaitReady(`#contents details[open]`))
	if got := pagetest.Get(t, ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("#contents details:not([hidden]) li:not([hidden]) a")].map((a) => a.getAttribute("href"))`)); len(got) == 0 || got[0] != "#rest/shelves/get-shelf" {
		t.Errorf("the contents show %q for shelf", got)
	}
	with := pagetest.Get(t, ctx, chromedp.Evaluate[string](`document.querySelector("main").textContent`))
	pagetest.Call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	pagetest.Do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	without := pagetest.Get(t, ctx, chromedp.Evaluate[string](`document.querySelector("main").textContent`))
	if diff := cmp.Diff(without, strings.ReplaceAll(with, "Copy", "")); diff != "" {
		t.Errorf("what is said without JavaScript and with it (-without +with):\n%s", diff)
	}
}

// TestLongLists puts a list of thousands into pages that a browser takes, with a
// place for every entry.
func TestLongLists(t *testing.T) {
	t.Parallel()
	files := build(t, apidocs.Input{}, site.Options{}, "type Query { a: T0000 }\ntype Index { a: T0000 }\ntype Index_2 { a: T0000 }\n"+types(2600))
	sound(t, files)
	listed := map[string]bool{}
	link := regexp.MustCompile(`<li><a href="../../(graphql/objects/[^"]+)">`)
	for name, f := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		if n := elements(f.Data); n > maxElements {
			t.Errorf("%s has %d elements, and may have %d", name, n, maxElements)
		}
		if strings.HasPrefix(name, "graphql/objects/index") && !strings.Contains(name, "-x") {
			for _, m := range link.FindAllSubmatch(f.Data, -1) {
				listed[string(m[1])] = true
			}
		}
	}
	if files["graphql/objects/index-11.html"] == nil || files["graphql/objects/index-12.html"] != nil {
		t.Error("the list has not eleven pages")
	}
	for i := range 2600 {
		if name := fmt.Sprintf("graphql/objects/t%04d.html", i); !listed[name] {
			t.Fatalf("no list has %s", name)
		}
	}
	if files["graphql/objects/index-x.html"] == nil || files["graphql/objects/index-2-x.html"] == nil {
		t.Error("types that are called as lists are have no pages")
	}
}

// types are so many types of GraphQL.
func types(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "\"What T%04d is.\"\ntype T%04d { a: String @deprecated }\n", i, i)
	}
	return b.String()
}
