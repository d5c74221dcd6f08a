package view_test

import (
	"bytes"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/pagetest"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/view"
)

// long is a changelog of which a section is long enough to be searched.
func long() *lifecycle.Changelog {
	l := rest()
	for _, name := range []string{"apples", "bears", "cats", "dogs", "eels", "foxes", "geese", "hens", "ibises", "jays", "kites", "lions"} {
		l.Sections[0].Resources = append(l.Sections[0].Resources, lifecycle.ChangelogResource{
			Name: name, Entries: []lifecycle.ChangelogEntry{removed("GET /" + name), removed("PUT /" + name)},
		})
	}
	return l
}

// TestChangelogPage opens the page: a section is searched, the address has
// what for, a resource is named once, and nothing is wider than a phone.
func TestChangelogPage(t *testing.T) {
	t.Parallel()
	ctx := pagetest.Browser(t)
	var b bytes.Buffer
	if err := view.ChangelogHTML(&b, long(), view.ChangelogOptions{Title: hostile}); err != nil {
		t.Fatal(err)
	}
	address := pagetest.Write(t, b.Bytes())
	pagetest.Watch(t, ctx, address)
	is := func(what, js, want string) {
		t.Helper()
		if diff := cmp.Diff(want, pagetest.Get(t, ctx, chromedp.Evaluate[string]("String("+js+")"))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	const settled = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`
	const shown = `[...document.querySelectorAll("[data-list=breaking] tbody tr")].filter(r => r.checkVisibility()).map(r => r.dataset.resource).join(" ")`
	pagetest.Do(t, ctx, chromedp.Navigate(address))
	is("the sections", `[...document.querySelectorAll("h2")].map(h => h.textContent).join(", ")`,
		"Version, Breaking changes, Deprecations, Removed after deprecation, Added, Texts")
	is("a resource is named once", `document.querySelectorAll("[data-list=breaking] tr.again").length`, "1")
	is("a short section is not searched", `document.querySelector("[data-list=added] form")`, "null")
	pagetest.Do(t, ctx, chromedp.SendKeys(`[data-list=breaking] input[type=search]`, "fox"))
	pagetest.Get(t, ctx, chromedp.Evaluate[bool](settled, chromedp.EvalAwaitPromise))
	is("a search", shown, "foxes")
	is("the address", `location.hash`, "#breaking.q=fox")
	pagetest.Do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address+"#breaking.q=boards"))
	is("a search from the address", shown, "boards boards")

	pagetest.Do(t, ctx, chromedp.EmulateViewport(360, 640), chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	is("nothing is wider than a phone", `document.documentElement.scrollWidth <= 360`, "true")
	for _, scheme := range []string{"light", "dark"} {
		pagetest.Call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		is(scheme, `getComputedStyle(document.documentElement).colorScheme`, scheme)
	}
}
