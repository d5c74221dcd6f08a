package view_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/pagetest"
	"github.com/plumbapi/plumb/snapshot/view"
)

// hostile is a report whose every text is meant to do harm.
func hostile() view.Input {
	in := many()
	const text = `<script>alert(1)</script>"'><img src=https://example.com/x onerror=alert(1)>` + "\x1b[31m\u202e"
	in.Now.Product = text
	a := &in.Now.APIs[0]
	a.Gates[0].Incomplete = []string{text}
	a.Gaps[0].Element, a.Gaps[0].Reason, a.Gaps[0].Owner, a.Gaps[0].Tag = text, text, text, text
	a.Lifecycle.Deprecations[0].Name, a.Lifecycle.Deprecations[0].Replacement = text, text
	a.SLO.Operations[0].Operation, a.SLO.Operations[0].Reason, a.SLO.Engine = text, text, text
	a.Tags[0].Name, a.Teams[0].Name, a.Lint.Rules[0].Rule = text, text, text
	in.Now.Waivers[0].Reason, in.Now.Waivers[0].Element = text, text
	in.Now.APIs[1].Name = text
	return in
}

// TestPage opens the page as a reader does, wide and on a phone, dark and light.
func TestPage(t *testing.T) {
	t.Parallel()
	ctx := pagetest.Browser(t)
	address := pagetest.Write(t, render(t, "html", many()))
	pagetest.Watch(t, ctx, address)
	is := func(what, js, want string) {
		t.Helper()
		if diff := cmp.Diff(want, pagetest.Get(t, ctx, chromedp.Evaluate[string]("String("+js+")"))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	pagetest.Do(t, ctx, chromedp.Navigate(address))
	is("the answer", `document.querySelector("h1").textContent`, "2 APIs, one of which got worse: 10 things to decide")
	is("first what changed, then what to decide, then the detail", `[...document.querySelectorAll("h2")].map(h => h.textContent).join(", ")`,
		"What changed, To decide, At a glance, tracker, billing, Waivers")
	is("charts", `document.querySelectorAll("svg.chart").length`, "6")
	is("each has a title and says what it shows", `[...document.querySelectorAll("svg.chart")].every(s => s.querySelector("title").textContent && s.querySelector("desc").textContent && s.getAttribute("aria-labelledby").split(" ").every(id => document.getElementById(id)))`, "true")
	is("a table has the values of all charts", `document.querySelectorAll("[aria-label='Values, tracker'] tbody tr").length + " " + document.querySelectorAll("[aria-label='Values, tracker'] thead th").length`, "5 7")
	is("nothing leaves its chart", `[...document.querySelectorAll("svg.chart")].every(s => { const b = s.getBBox(); return b.x >= 0 && b.y >= 0 && b.x + b.width <= 300 && b.y + b.height <= 132 })`, "true")
	is("every ID is there once", `(ids => ids.length === new Set(ids).size)([...document.querySelectorAll("[id]")].map(e => e.id))`, "true")
	is("links lead somewhere", `[...document.querySelectorAll("a[href^='#']")].every(a => document.getElementById(a.hash.slice(1)))`, "true")
	pagetest.Do(t, ctx, chromedp.EmulateViewport(390, 844))
	is("nothing is wider than a phone", `document.documentElement.scrollWidth <= 390`, "true")
	pagetest.Call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	pagetest.Do(t, ctx, chromedp.EmulateViewport(760, 1000))
	is("nothing is wider than a sheet of paper", `[...document.querySelectorAll("table")].filter(t => t.getBoundingClientRect().right > 762).map(t => t.innerText.slice(0, 40) + t.getBoundingClientRect().right).join("; ")`, "")
}

// TestHostile shows that text of snapshots does nothing but stand there.
func TestHostile(t *testing.T) {
	t.Parallel()
	ctx := pagetest.Browser(t)
	address := pagetest.Write(t, render(t, "html", hostile()))
	pagetest.Watch(t, ctx, address)
	pagetest.Do(t, ctx, chromedp.Navigate(address))
	const count = `document.querySelectorAll("script").length + " " + document.querySelectorAll("img").length`
	if got := pagetest.Get(t, ctx, chromedp.Evaluate[string](count)); got != "1 0" {
		t.Errorf("scripts and images: %s, want 1 0", got)
	}
	for _, format := range []string{"text", "markdown", "html"} {
		if out := string(render(t, format, hostile())); strings.ContainsAny(out, "\x1b\u202e") {
			t.Errorf("%s has a control character", format)
		}
	}
	if out := string(render(t, "markdown", hostile())); strings.Contains(out, "<script>") && !strings.Contains(out, "`<script>") {
		t.Error("Markdown has a tag")
	}
}

// TestAccessible lets axe-core, which `make axe` installs, look at the page dark
// and light, wide and narrow.
func TestAccessible(t *testing.T) {
	t.Parallel()
	path := os.Getenv("PLUMB_AXE")
	if path == "" {
		path = filepath.Join("..", "..", ".tmp", "axe", "node_modules", "axe-core", "axe.min.js")
	}
	checker, err := os.ReadFile(path)
	if err != nil {
		t.Skip("no axe-core: run make axe, or set PLUMB_AXE to its axe.min.js")
	}
	ctx := pagetest.Browser(t)
	bad := pagetest.Write(t, []byte(`<!doctype html><html><body><p style="color:#ccc;background:#fff">x</p><button></button></body></html>`))
	open(t, ctx, string(checker), bad)
	if got := violations(t, ctx, "light", 1440); len(got) < 3 {
		t.Fatalf("the checker does not see what is wrong with a bad page: %q", got)
	}
	open(t, ctx, string(checker), pagetest.Write(t, render(t, "html", many())))
	for _, look := range []struct {
		theme string
		width int64
	}{{"light", 1440}, {"dark", 1440}, {"dark", 390}} {
		for _, v := range violations(t, ctx, look.theme, look.width) {
			t.Errorf("%s, %d px wide: %s", look.theme, look.width, v)
		}
	}
}

// open loads a page, unfolds all of it, and brings the checker in.
func open(t *testing.T, ctx context.Context, checker, url string) {
	t.Helper()
	pagetest.Do(t, ctx, chromedp.Navigate(url),
		chromedp.Evaluate[chromedp.Void](checker+`; for (const d of document.querySelectorAll("details")) d.open = true;`))
}

// violations are what axe-core says of the page in a theme and a width.
func violations(t *testing.T, ctx context.Context, theme string, width int64) []string {
	t.Helper()
	pagetest.Call(t, ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
	script := `document.documentElement.dataset.theme = "` + theme + `"; axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then((r) => r.violations.map((v) => v.id + " (" + v.impact + "): " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" | ")))`
	found := pagetest.Get(t, ctx, chromedp.Evaluate[[]string](script, chromedp.EvalAwaitPromise))
	for i := range found {
		found[i] = strings.Join(strings.Fields(found[i]), " ")
	}
	return found
}
