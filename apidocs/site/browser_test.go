package site_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/site"
	"github.com/plumbapi/plumb/internal/pagetest"
)

// attacks are ways to make a page do something: each would call alert.
var attacks = []string{
	`"><script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `<svg/onload=alert(1)>`, `'><details open ontoggle=alert(1)>`,
	`</textarea><script>alert(1)</script>`, `</title><script>alert(1)</script>`, `--><script>alert(1)</script>`,
	`[x](javascript:alert(1))`, `<a href="jav&#x09;ascript:alert(1)">x</a>`, `[x](data:text/html,<script>alert(1)</script>)`,
	`<iframe srcdoc="<script>alert(1)</script>">`, `<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>`,
	`" autofocus onfocus=alert(1) x="`, `<form action=javascript:alert(1)><input type=submit>`, "`\"><img src=x onerror=alert(1)>`",
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<base href=//evil.example/>alert`, `{{constructor.constructor('alert(1)')()}}`, `\u003cscript>alert(1)</script>`,
}

// hostile is a description whose texts are all attacks.
func hostile(attack string) (rest, graph string) {
	text, _ := json.Marshal(attack)
	q := string(text)
	rest = `{"openapi":"3.1.0","info":{"title":` + q + `,"version":` + q + `,"description":` + q + `},"servers":[{"url":` + q + `,"description":` + q + `}],
"tags":[{"name":` + q + `,"description":` + q + `,"summary":` + q + `}],"security":[{` + q + `:[` + q + `]}],
"paths":{"/a":{"post":{"operationId":` + q + `,"summary":` + q + `,"description":` + q + `,"tags":[` + q + `],"externalDocs":{"url":` + q + `},
"parameters":[{"name":` + q + `,"in":"query","required":true,"description":` + q + `,"example":` + q + `,"schema":{"type":` + q + `,"enum":[` + q + `],"default":` + q + `,"format":` + q + `,"pattern":` + q + `}}],
"requestBody":{"description":` + q + `,"content":{` + q + `:{"schema":{"$ref":"#/components/schemas/S"},"example":` + q + `}}},
"responses":{"200":{"description":` + q + `,"headers":{` + q + `:{"description":` + q + `,"schema":{"type":"string"}}},"content":{` + q + `:{"schema":{"$ref":"#/components/schemas/S"},"examples":{` + q + `:{"summary":` + q + `,"value":{` + q + `:` + q + `}}}}}}}}}},
"webhooks":{` + q + `:{"post":{"summary":` + q + `,"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/S"}}}}}}},
"components":{"schemas":{"S":{"title":` + q + `,"description":` + q + `,"type":"object","properties":{` + q + `:{"title":` + q + `,"description":` + q + `,"oneOf":[{"title":` + q + `,"const":` + q + `},{"type":"string","examples":[` + q + `]}]}}}},
"securitySchemes":{` + q + `:{"type":"apiKey","in":"header","name":` + q + `,"description":` + q + `}}}}`
	return rest, "type Query { " + q + " a(" + q + " b: String = " + q + "): String @deprecated(reason: " + q + ") }\n" + q + " type T { a: E }\n enum E { " + q + " A }\n"
}

// TestAttacks opens every page of references whose descriptions are attacks,
// and searches them: nothing runs, and nothing that could is in the document.
func TestAttacks(t *testing.T) {
	t.Parallel()
	ctx := pagetest.Browser(t)
	var mu sync.Mutex
	var ran []string
	err := chromedp.Listen(ctx, func(event any) {
		if e, ok := event.(*page.EventJavascriptDialogOpening); ok {
			mu.Lock()
			defer mu.Unlock()
			ran = append(ran, e.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	const look = `((document) => { const bad = [];
for (const e of document.querySelectorAll("*")) {
  for (const a of e.attributes) if (/^on/i.test(a.name) || (/^(href|src|action|srcdoc)$/i.test(a.name) && /^\s*(javascript|data:text|\/\/)/i.test(a.value))) bad.push(e.outerHTML.slice(0, 200));
  if (/^(iframe|svg|math|base|object|embed|img)$/i.test(e.tagName) || e.tagName === "SCRIPT" && !e.src && !e.getAttribute("src")) bad.push(e.outerHTML.slice(0, 200));
}
return bad; })`
	try, err := site.ParseTry("https://sandbox.example.com", "")
	if err != nil {
		t.Fatal(err)
	}
	for i, attack := range attacks {
		rest, graph := hostile(attack)
		texts := []string{rest, graph}
		if strings.ContainsAny(attack, "\t") || strings.Contains(attack, `\u`) {
			texts = texts[:1]
		}
		in := apidocs.Input{Attached: apidocs.Attached{
			Badges:   []apidocs.Badge{{Element: "POST /a", Text: attack, Detail: attack, Status: attack}},
			Findings: []apidocs.Finding{{Rule: attack, Message: attack, Status: attack, File: "api.yaml", Line: 1, Element: "/paths/~1a/post", Breaks: i%2 == 0}},
		}}
		files := build(t, in, site.Options{Try: try}, texts...)
		var pages []string
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if strings.HasSuffix(name, ".html") {
				pages = append(pages, string(files[name].Data))
			}
		}
		list, err := json.Marshal(pages)
		if err != nil {
			t.Fatal(err)
		}
		folder := onDisk(t, files)
		// One page is opened for each attack; all are parsed.
		pagetest.Do(t, ctx, chromedp.Navigate(folder+operationPage(files)))
		if i == 0 {
			pagetest.Do(t, ctx, chromedp.SendKeys(`#q`, "alert"), chromedp.WaitVisible(`#found li`))
		}
		script := `[document, ...` + string(list) + `.map((p) => new DOMParser().parseFromString(p, "text/html"))].flatMap(` + look + `)`
		if bad := pagetest.Get(t, ctx, chromedp.Evaluate[[]string](script)); len(bad) > 0 {
			t.Errorf("the reference of %q has %q", attack, bad)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if len(ran) > 0 {
		t.Errorf("something ran in %q", ran)
	}
}

// operationPage is the page of the one operation.
func operationPage(files fstest.MapFS) string {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if bytes.Contains(files[name].Data, []byte("data-path=\"/a\"")) {
			return name
		}
	}
	return "index.html"
}

// TestWithoutJavaScript compares what pages say with scripts and without.
func TestWithoutJavaScript(t *testing.T) {
	t.Parallel()
	folder := onDisk(t, build(t, apidocs.Input{}, site.Options{}, library, libraryGraph))
	ctx := pagetest.Browser(t)
	alone(t, ctx, folder)
	said := func(name string) string {
		pagetest.Do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(folder+name))
		text := pagetest.Get(t, ctx, chromedp.Evaluate[string](`document.querySelector("main").textContent`))
		return strings.ReplaceAll(text, "Copy", "")
	}
	pages := []string{"rest/shelves/get-shelf.html", "rest/types/shelf.html", "webhooks/shelves/shelf-moved.html", "graphql/queries/shelf.html", "index.html"}
	with := map[string]string{}
	for _, name := range pages {
		with[name] = said(name)
	}
	pagetest.Call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	for _, name := range pages {
		without := said(name)
		if diff := cmp.Diff(with[name], without); diff != "" {
			t.Errorf("%s (-with +without JavaScript):\n%s", name, diff)
		}
		if pagetest.Get(t, ctx, chromedp.Evaluate[bool](`!document.getElementById("find").hidden`)) {
			t.Errorf("%s shows a search that does nothing", name)
		}
	}
}

// TestTrying sends requests from pages to a server on this machine: what was
// filled in arrives, what comes back is shown as text, and the credential stays
// in the page.
func TestTrying(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Allow-Headers", "*, authorization, x-trace, content-type")
		if r.Method == http.MethodOptions {
			return
		}
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		got = append(got, strings.TrimSpace(r.Method+" "+r.URL.RequestURI()+" "+r.Header.Get("Authorization")+" "+r.Header.Get("X-Trace")+" "+string(body)))
		mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"title":"<img src=x onerror=alert(1)>"}`)
	}))
	defer server.Close()
	try, err := site.ParseTry(server.URL+"/v1", "")
	if err != nil {
		t.Fatal(err)
	}
	folder := onDisk(t, build(t, apidocs.Input{}, site.Options{Try: try}, library, libraryGraph))
	ctx := pagetest.Browser(t)
	pagetest.Do(t, ctx, chromedp.Navigate(folder+"rest/shelves/get-shelf.html"), chromedp.Click(`.try > summary`), chromedp.WaitVisible(`.try form`),
		chromedp.SetValue(`.try [name=id]`, "7/../8?x"), chromedp.SetValue(`.try [name=depth]`, "2&3"), chromedp.SetValue(`.try [name=X-Trace]`, "abc"),
		chromedp.SetValue(`.try [name=credential]`, "s3cret"), chromedp.Click(`.try button`), chromedp.WaitVisible(`.answer pre`))
	answer := pagetest.Get(t, ctx, chromedp.Evaluate[string](`document.querySelector(".answer > pre").textContent`))
	if want := "{\n  \"title\": \"<img src=x onerror=alert(1)>\"\n}"; answer != want {
		t.Errorf("the answer is shown as %q, want %q", answer, want)
	}
	stored := pagetest.Get(t, ctx, chromedp.Evaluate[string](`JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie + document.documentElement.outerHTML`))
	if strings.Contains(stored, "s3cret") {
		t.Error("the credential is kept")
	}
	blocked := pagetest.Get(t, ctx, chromedp.Evaluate[bool](`fetch("http://127.0.0.2:9/").then(() => false, () => true)`, chromedp.EvalAwaitPromise))
	if !blocked {
		t.Error("a page may talk to any server")
	}
	pagetest.Do(t, ctx, chromedp.SetValue(`.try [name=id]`, ".."), chromedp.Click(`.try button`), chromedp.WaitVisible(`.answer .error`))
	pagetest.Do(t, ctx, chromedp.Navigate(folder+"graphql/queries/shelf.html"), chromedp.Click(`.try > summary`), chromedp.WaitVisible(`.try form`),
		chromedp.SetValue(`.try [name=query]`, "{ shelf(id: 1) { title } }"), chromedp.SetValue(`.try [name=variables]`, `{"a": 1}`),
		chromedp.Click(`.try button`), chromedp.WaitVisible(`.answer pre`))
	mu.Lock()
	defer mu.Unlock()
	want := []string{
		"GET /v1/shelves/7%2F..%2F8%3Fx?depth=2%263 Bearer s3cret abc",
		`POST /v1/graphql   {"query":"{ shelf(id: 1) { title } }","variables":{"a":1}}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what arrived (-want +got):\n%s", diff)
	}
}

// BenchmarkInteractive prints how long a page takes, from a server on this
// machine and with nothing in the browser's cache, until it can be used. The
// browser has shown another page before.
func BenchmarkInteractive(b *testing.B) {
	files := build(b, apidocs.Input{}, site.Options{}, library, libraryGraph)
	server := httptest.NewServer(http.FileServerFS(files))
	defer server.Close()
	ctx := pagetest.Browser(b)
	pagetest.Call(b, ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	pagetest.Do(b, ctx, chromedp.Navigate(server.URL+"/index.html"))
	var all []float64
	for b.Loop() {
		pagetest.Do(b, ctx, chromedp.Navigate(server.URL+"/rest/shelves/get-shelf.html"))
		all = append(all, pagetest.Get(b, ctx, chromedp.Evaluate[float64](`performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd`)))
	}
	slices.Sort(all)
	b.ReportMetric(all[len(all)/2], "ms/median")
	b.ReportMetric(all[len(all)-1], "ms/most")
}
