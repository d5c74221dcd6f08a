package site_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/site"
	"github.com/plumbapi/plumb/internal/pagetest"
)

// axe returns the accessibility checker axe-core, which `make axe` installs.
func axe(t *testing.T) string {
	t.Helper()
	path := os.Getenv("PLUMB_AXE")
	if path == "" {
		path = filepath.Join("..", "..", ".tmp", "axe", "node_modules", "axe-core", "axe.min.js")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Skip("no axe-core: run make axe, or set PLUMB_AXE to its axe.min.js")
	}
	return string(text)
}

// TestAccessible lets axe-core look at a page of every kind, dark and light,
// wide and narrow.
func TestAccessible(t *testing.T) {
	t.Parallel()
	checker := axe(t)
	folder := onDisk(t, build(t, apidocs.Input{
		Texts: []apidocs.Text{{Name: "tour", Markdown: "# Tour\n\nOne.\n\n{{ operation getShelf }}\n\n| a | b |\n| - | - |\n| 1 | 2 |\n"}},
		Attached: apidocs.Attached{Badges: []apidocs.Badge{
			{Element: "GET /shelves/{id}", Text: "beta", Status: "info"}, {Element: "GET /shelves/{id}", Text: "gone", Status: "error", Detail: "use another"},
			{Element: "GET /shelves/{id}", Text: "kept", Status: "good"},
		}, Findings: []apidocs.Finding{
			{Rule: "a-rule", Message: "is wrong", Status: "warning", File: "api.yaml", Line: 3, Element: "/paths/~1shelves~1{id}/get"},
			{Rule: "a-rule", Message: "is broken", Status: "error", File: "api.yaml", Line: 9, Element: "/components/schemas/Shelf", Breaks: true},
		}},
	}, site.Options{Try: &site.Try{Server: "https://sandbox.example.com", GraphQL: "https://sandbox.example.com/graphql"}}, library, libraryGraph+types(300)))
	one := pagetest.Write(t, single(t, apidocs.Input{}, site.Options{}))
	ctx := pagetest.Browser(t)
	bad := pagetest.Write(t, []byte(`<!doctype html><html><body><p style="color:#ccc;background:#fff">x</p><button></button></body></html>`))
	open(t, ctx, checker, bad)
	if got := violations(t, ctx, "light", 1440); len(got) < 3 {
		t.Fatalf("the checker does not see what is wrong with a bad page: %q", got)
	}
	for _, page := range []string{
		"index", "authentication", "guides/first-call", "guides/tour", "guides/receive-a-webhook", "rest/index", "rest/shelves/index", "rest/shelves/get-shelf",
		"rest/types/shelf", "webhooks/shelves/shelf-moved", "graphql/queries/shelf", "graphql/objects/shelf", "graphql/objects/index-2", "one file",
	} {
		url := folder + page + ".html"
		if page == "one file" {
			url = one
		}
		open(t, ctx, checker, url)
		for _, width := range []int64{1440, 390} {
			for _, theme := range []string{"light", "dark"} {
				for _, v := range violations(t, ctx, theme, width) {
					t.Errorf("%s, %s, %d px wide: %s", page, theme, width, v)
				}
			}
		}
	}
}

// open loads a page, unfolds all of it, and brings the checker in.
func open(t *testing.T, ctx context.Context, checker, url string) {
	t.Helper()
	pagetest.Do(t, ctx, chromedp.Navigate(url),
		chromedp.Evaluate[chromedp.Void](checker+`; for (const d of document.querySelectorAll("details:not([name])")) d.open = true;`))
}

// violations are what axe-core says of the page as it is in a theme and a
// width.
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
