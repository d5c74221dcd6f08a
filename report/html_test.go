package report_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/pagetest"
	"github.com/plumbapi/plumb/report"
)

// What the tests ask the page.
const (
	shown  = `[...document.querySelectorAll("tbody tr[data-rule]")].filter(r => r.checkVisibility())`
	status = `document.querySelector(".status").textContent`
	slash  = `document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "/", bubbles: true}))`
	// The page applies what was typed in the next frame.
	settled = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`
)

func settle(t *testing.T, ctx context.Context) {
	t.Helper()
	pagetest.Get(t, ctx, chromedp.Evaluate[bool](settled, chromedp.EvalAwaitPromise))
}

func texts(t *testing.T, ctx context.Context, expression string) []string {
	t.Helper()
	return pagetest.Get(t, ctx, chromedp.Evaluate[[]string](expression))
}

func TestPageWorks(t *testing.T) {
	t.Parallel()
	ctx := pagetest.Browser(t)
	page := pageOf(t, many(300), richOptions())
	pagetest.Watch(t, ctx, page)
	rules := shown + `.map(r => r.dataset.rule)`
	open := func(fragment string) {
		t.Helper()
		pagetest.Do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(page+fragment))
		settle(t, ctx)
	}
	is := func(what, expression, want string) {
		t.Helper()
		if got := pagetest.Get(t, ctx, chromedp.Evaluate[string](`String(`+expression+`)`)); got != want {
			t.Errorf("%s: %s is %q, want %q", what, expression, got, want)
		}
	}

	open("")
	is("at first", status, "300 shown")
	is("at first", shown+`.length`, "300")

	pagetest.Do(t, ctx, chromedp.SendKeys("input[type=search]", "ITEM_29 camelcase"))
	settle(t, ctx)
	is("search", status, "11 of 300 shown")
	is("search", shown+`.length`, "11")
	is("search", `location.hash`, "#q=ITEM_29+camelcase")

	pagetest.Do(t, ctx, chromedp.Click(`input[value=error]`))
	settle(t, ctx)
	is("search and severity", shown+`.every(r => r.dataset.severity === "error") && `+shown+`.length < 11 && `+shown+`.length > 0`, "true")

	open("#severity=warning&severity=error&sort=-rank")
	is("severity from the address", shown+`.length`, "198")
	is("worst first", shown+`[0].dataset.severity + `+shown+`[197].dataset.severity`, "errorwarning")
	is("the head says so", `document.querySelector("[data-sort=rank]").closest("th").ariaSort`, "descending")

	open("#rule=rule-number-7")
	is("rule from the address", shown+`.length + " " + document.querySelector("select").value`, "3 rule-number-7")

	open("")
	pagetest.Do(t, ctx, chromedp.Click(`[data-sort=rule]`))
	if got := texts(t, ctx, rules); !slices.IsSorted(got) || len(got) != 300 {
		t.Errorf("sorted by rule, the rules are %q", got)
	}
	is("sort", `location.hash`, "#sort=rule")
	pagetest.Do(t, ctx, chromedp.Click(`[data-sort=rule]`), chromedp.Click(`[data-sort=rule]`))
	is("three clicks", `location.hash + `+shown+`[0].dataset.order`, "0")

	open("#f-" + many(300).Findings[150].Fingerprint)
	is("an address of a finding", `document.querySelector("tr:target details").open`, "true")
	is("an address of a finding", shown+`.length`, "300")

	open("")
	pagetest.Do(t, ctx, chromedp.Evaluate[chromedp.Void](slash), chromedp.KeyEvent("get_item_77"))
	settle(t, ctx)
	is("slash searches", status, "1 of 300 shown")
	pagetest.Do(t, ctx, chromedp.KeyEvent(kb.Escape))
	settle(t, ctx)
	is("escape clears", status, "300 shown")
	pagetest.Do(t, ctx, chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("o"))
	is("j walks, o opens", shown+`[1] === document.activeElement && document.activeElement.querySelector("details").open`, "true")
	pagetest.Do(t, ctx, chromedp.KeyEvent("k"))
	is("k walks back", shown+`[0] === document.activeElement`, "true")

	pagetest.Do(t, ctx, chromedp.Click(`form button`))
	is("detail of all", `document.querySelectorAll("tbody details:not([open])").length`, "0")
	pagetest.Do(t, ctx, chromedp.Click(`#theme`))
	is("theme", `document.documentElement.dataset.theme + getComputedStyle(document.documentElement).backgroundColor`, "darkrgb(16, 20, 24)")
	pagetest.Do(t, ctx, chromedp.Click(`#theme`), chromedp.Click(`#theme`))
	is("theme", `document.documentElement.dataset.theme`, "undefined")
}

// Everything is there without JavaScript, and nothing that needs it.
func TestPageWithoutScript(t *testing.T) {
	t.Parallel()
	ctx := pagetest.Browser(t)
	page := pageOf(t, rich(), richOptions())
	pagetest.Watch(t, ctx, page)
	pagetest.Call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	pagetest.Do(t, ctx, chromedp.Navigate(page))
	for _, message := range []string{"a finding without a place", `operationId "bad id" has a space`} {
		if text := pagetest.Get(t, ctx, chromedp.Text("main")); !strings.Contains(text, message) {
			t.Errorf("the page does not show %q", message)
		}
	}
	pagetest.Do(t, ctx, chromedp.WaitNotVisible("form.tools"), chromedp.WaitNotVisible("#theme"))
}

// A hostile description puts text on the page and nothing else, and a phone
// needs no scrolling sideways.
func TestPageIsSafeAndNarrow(t *testing.T) {
	t.Parallel()
	ctx := pagetest.Browser(t)
	page := pageOf(t, rich(), richOptions())
	pagetest.Watch(t, ctx, page)
	pagetest.Do(t, ctx, chromedp.EmulateViewport(360, 800), chromedp.Navigate(page))
	got := texts(t, ctx, `[
		String(document.scripts.length), String(document.images.length),
		String(document.querySelectorAll("[onclick],[onerror],iframe,object,embed").length),
		String(document.scrollingElement.scrollWidth <= 360),
		document.querySelector("td.message").closest("table").getAttribute("role"),
	]`)
	if diff := cmp.Diff([]string{"1", "0", "0", "true", "table"}, got); diff != "" {
		t.Errorf("scripts, images, active elements, fits, role (-want +got):\n%s", diff)
	}
	if !strings.Contains(pagetest.Get(t, ctx, chromedp.Text("table")), "<script>alert(1)</script>") {
		t.Error("the hostile message is not shown as text")
	}
}

// Ten thousand findings open and filter; how long it takes is for the
// benchmark and the eye.
func TestPageOfManyFindings(t *testing.T) {
	t.Parallel()
	ctx := pagetest.Browser(t)
	page := pageOf(t, many(10000), report.Options{Source: manySource})
	pagetest.Watch(t, ctx, page)
	pagetest.Do(t, ctx, chromedp.Navigate(page))
	times := pagetest.Get(t, ctx, chromedp.Evaluate[[]float64](`(async () => {
		const nav = performance.getEntriesByType("navigation")[0];
		const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
		const form = document.querySelector("form"), from = performance.now();
		form.elements.q.value = "get_item_99";
		form.dispatchEvent(new Event("input"));
		await frame(); await frame();
		const searched = performance.now();
		document.querySelector("[data-sort=rule]").click();
		await frame();
		return [nav.loadEventEnd, searched - from, performance.now() - searched];
	})()`, chromedp.EvalAwaitPromise))
	t.Logf("loaded in %.0f ms, searched in %.0f ms, sorted in %.0f ms", times[0], times[1], times[2])
	if got := pagetest.Get(t, ctx, chromedp.Evaluate[string](status)); got != "111 of 10,000 shown" {
		t.Errorf("after a search the status is %q", got)
	}
	// The last ones have no detail, and are found by their element still.
	pagetest.Do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("form").elements.q.value = ""`),
		chromedp.SendKeys("input[type=search]", "~19876/get/responses"))
	settle(t, ctx)
	if got := pagetest.Get(t, ctx, chromedp.Evaluate[string](status)); got != "1 of 10,000 shown" {
		t.Errorf("after a search for an element the status is %q", got)
	}
}

// The page needs no network: it names no address but those of the rules.
func TestPageNamesNoAddress(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := report.HTML(&b, many(3), report.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"http://", "https://", "url(", "@import", "src="} {
		if strings.Contains(b.String(), part) {
			t.Errorf("the page has %q", part)
		}
	}
}
