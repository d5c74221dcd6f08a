package view_test

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/pagetest"
)

// TestPage opens the page: the answer, a section with both charts and their
// numbers for each operation, and nothing wider than a phone.
func TestPage(t *testing.T) {
	t.Parallel()
	ctx := pagetest.Browser(t)
	address := pagetest.Write(t, []byte(written(t, "html", 0)))
	pagetest.Watch(t, ctx, address)
	is := func(what, js, want string) {
		t.Helper()
		if diff := cmp.Diff(want, pagetest.Get(t, ctx, chromedp.Evaluate[string]("String("+js+")"))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	pagetest.Do(t, ctx, chromedp.Navigate(address))
	is("the answer", `document.querySelector("h1").textContent`, "1 of 4 operations exceeds its budget, 1 was not measured")
	is("the sections", `[...document.querySelectorAll("h2[id^=operation-]")].map(h => h.textContent.slice(0, 12)).join(", ")`, "POST /plants, GET /plants, GET /beds, GET /<script")
	is("charts", `document.querySelectorAll("svg.chart").length`, "6")
	is("each has a title and says what it shows", `[...document.querySelectorAll("svg.chart")].every(s => s.querySelector("title").textContent && s.querySelector("desc").textContent && s.getAttribute("aria-labelledby").split(" ").every(id => document.getElementById(id)))`, "true")
	is("each has its numbers", `document.querySelectorAll("section details table").length`, "7")
	is("bars are drawn", `document.querySelector(".chart .bars").getBBox().height > 50`, "true")
	is("nothing leaves its chart", `[...document.querySelectorAll("svg.chart")].every(s => { const b = s.getBBox(); return b.x >= 0 && b.y >= 0 && b.x + b.width <= 600 && b.y + b.height <= 240 })`, "true")

	pagetest.Do(t, ctx, chromedp.EmulateViewport(390, 844), chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	is("nothing is wider than a phone", `document.documentElement.scrollWidth <= 390`, "true")
	for _, scheme := range []string{"light", "dark"} {
		pagetest.Call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		is(scheme, `getComputedStyle(document.documentElement).colorScheme`, scheme)
	}
}
