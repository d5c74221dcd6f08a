package view_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/pagetest"
	"github.com/plumbapi/plumb/parity/view"
	"github.com/plumbapi/plumb/report"
)

// rowsOf are the names of the rows of a list that can be seen.
func rowsOf(list string) string {
	return `[...document.querySelectorAll("[data-list=` + list + `] > table > tbody > tr")].filter(r => r.checkVisibility()).map(r => r.dataset.name).join(" ")`
}

// page writes the page of the rich result, with findings.
func page(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	opts := report.Options{Title: "plumb parity", Facts: view.Facts(view.API{Result: rich()})}
	if err := report.HTML(&b, findings(), opts); err != nil {
		t.Fatal(err)
	}
	return pagetest.Write(t, b.Bytes())
}

// settle waits for the page to apply what was typed.
func settle(t *testing.T, ctx context.Context) {
	t.Helper()
	const frames = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`
	pagetest.Get(t, ctx, chromedp.Evaluate[bool](frames, chromedp.EvalAwaitPromise))
}

// The lists are searched and filtered each for itself, and the address has
// the state of all.
func TestPageLists(t *testing.T) {
	t.Parallel()
	ctx := pagetest.Browser(t)
	address := page(t)
	pagetest.Watch(t, ctx, address)
	is := func(what, js, want string) {
		t.Helper()
		if diff := cmp.Diff(want, pagetest.Get(t, ctx, chromedp.Evaluate[string]("String("+js+")"))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	open := func(fragment string) {
		t.Helper()
		pagetest.Do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address+fragment))
	}
	open("")
	is("every operation", `document.querySelectorAll("[data-list=rest] > table > tbody > tr").length`, "4")
	is("a tag is named once", `document.querySelectorAll("[data-list=rest] tr.again").length`, "2")

	pagetest.Do(t, ctx, chromedp.Click(`[data-list=rest] input[value=none]`))
	settle(t, ctx)
	is("by status", rowsOf("rest")+`.startsWith("/")`, "true")
	is("by status", `document.querySelector("[data-list=rest] .status").textContent`, "2 of 4 shown")
	is("the other list is as it was", rowsOf("graphql"), "Mutation.createIssue Mutation.pinIssue Query.issues")
	pagetest.Do(t, ctx, chromedp.SendKeys(`[data-list=graphql] input[type=search]`, "pin"))
	settle(t, ctx)
	is("a search in the other", rowsOf("graphql"), "Mutation.pinIssue")
	is("both are in the address", `location.hash`, "#rest.status=none&graphql.q=pin")

	open("#rest.band=review&types.status=match")
	is("by band", rowsOf("rest"), "/issues")
	is("types from the address", rowsOf("types"), "issue")
	open("#rest.new=new")
	is("new ones", `document.querySelector("[data-list=rest] .status").textContent`, "1 of 4 shown")
	open("#types.q=hostile+viewercanpin")
	is("types are not found by other types' fields", rowsOf("types"), "")
	open("#types.q=viewercanpin")
	is("a type is found by its fields", rowsOf("types"), "issue")

	open("")
	pagetest.Do(t, ctx, chromedp.Click(`[data-list=tags] a[data-filter]`))
	settle(t, ctx)
	is("a tag leads to its operations", rowsOf("rest"), "/issues /issues /issues/{id}")
	is("a tag is in the address", `location.hash`, "#rest.tag=issues")

	open("")
	pagetest.Do(t, ctx, chromedp.Click(`[data-list=rest] .peer a`))
	settle(t, ctx)
	is("a counterpart leads to the other side", `document.querySelector("tr:target").dataset.name`, "Query.issues")
	open("#op-get-issues")
	is("an address of an operation", `document.querySelector("tr:target details").open`, "true")

	open("#tags.sort=-match")
	is("sorted by number", `[...document.querySelectorAll("[data-list=tags] tbody tr")].map(r => r.dataset.match).join(" ")`, "480 3 1 0 0")
	open("#severity=error")
	is("findings keep their names", `document.querySelector("input[name=severity]").checked`, "true")
}

// Everything is there without JavaScript, as text, and fits a phone.
func TestPageWithoutScript(t *testing.T) {
	t.Parallel()
	ctx := pagetest.Browser(t)
	address := page(t)
	pagetest.Watch(t, ctx, address)
	pagetest.Call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	pagetest.Do(t, ctx, chromedp.EmulateViewport(360, 800), chromedp.Navigate(address))
	want := []string{"Mutation.pinIssue", "GET /issues", "about a year older", "no mutation deletes a project", "<script>alert(1)</script>"}
	shown := func() (missing []string) {
		text := strings.ReplaceAll(pagetest.Get(t, ctx, chromedp.Text("main")), "\u00a0", " ")
		return slices.DeleteFunc(slices.Clone(want), func(part string) bool { return strings.Contains(text, part) })
	}
	missing := shown()
	for range 50 { // what is far down is laid out later on a busy machine
		if len(missing) == 0 {
			return
		}
		pagetest.Do(t, ctx, chromedp.Sleep(100*time.Millisecond))
		missing = shown()
	}
	t.Errorf("the page does not show %q", missing)
}

func TestPageFits(t *testing.T) {
	t.Parallel()
	ctx := pagetest.Browser(t)
	address := page(t)
	pagetest.Watch(t, ctx, address)
	pagetest.Do(t, ctx, chromedp.EmulateViewport(360, 800), chromedp.Navigate(address))
	got := pagetest.Get(t, ctx, chromedp.Evaluate[[]string](`(() => {
		document.querySelectorAll("details").forEach(d => { d.open = true; });
		const id = new Set(), twice = [];
		for (const e of document.querySelectorAll("[id]")) { if (id.has(e.id)) twice.push(e.id); id.add(e.id); }
		const lost = [...document.querySelectorAll("a[href^='#']")].map(a => a.hash.slice(1)).filter(h => !h.includes("=") && !document.getElementById(h));
		return [String(document.scrollingElement.scrollWidth), twice.join(), lost.join(), String(document.scripts.length), String(document.querySelectorAll("img,iframe,[onclick],[style]").length)];
	})()`))
	if want := []string{"360", "", "", "1", "0"}; !slices.Equal(want, got) {
		t.Errorf("width, IDs given twice, links to nowhere, scripts, active elements are %q, want %q", got, want)
	}
}
