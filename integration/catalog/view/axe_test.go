package view_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/integration/catalog/view"
	"github.com/plumbapi/plumb/integration/tools"
	"github.com/plumbapi/plumb/internal/pagetest"
)

// onDisk writes the site to a folder.
type onDisk string

func (d onDisk) Put(name string, data []byte) error {
	return os.WriteFile(filepath.Join(string(d), name), data, 0o644)
}

// graded grades some of plumb's own integrations.
func graded(t *testing.T, names ...string) []*catalog.Result {
	t.Helper()
	var results []*catalog.Result
	for _, name := range names {
		tool := tools.Find(name)
		if tool == nil {
			t.Fatalf("there is no integration %s", name)
		}
		files, err := tools.Files(name)
		if err != nil {
			t.Fatal(err)
		}
		e, err := catalog.Own(tool, files)
		if err != nil {
			t.Fatal(err)
		}
		r, err := catalog.Grade(t.Context(), e, catalog.Options{Now: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		results = append(results, r)
	}
	return results
}

// TestAxe lets axe-core look at the pages, dark and light, wide and narrow, and
// sees that they ask nothing of other hosts. PLUMB_AXE_INTEGRATION names the
// integration, PLUMB_AXE_OUT a file for the number of violations.
func TestAxe(t *testing.T) {
	t.Parallel()
	path := os.Getenv("PLUMB_AXE")
	if path == "" {
		path = filepath.Join("..", "..", "..", ".tmp", "axe", "node_modules", "axe-core", "axe.min.js")
	}
	checker, err := os.ReadFile(path)
	if err != nil {
		t.Skip("no axe-core: run make axe, or set PLUMB_AXE to its axe.min.js")
	}
	name := os.Getenv("PLUMB_AXE_INTEGRATION")
	if name == "" {
		name = "slack"
	}
	ctx := pagetest.Browser(t)
	folder := t.TempDir()
	if err := view.Site(onDisk(folder), graded(t, name), view.Options{}); err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, page := range []string{"index.html", name + ".html"} {
		pagetest.Do(t, ctx, chromedp.Navigate("file://"+filepath.Join(folder, page)),
			chromedp.Evaluate[chromedp.Void](string(checker)+`; for (const d of document.querySelectorAll("details")) d.open = true;`))
		for _, width := range []int64{1280, 390} {
			for _, theme := range []string{"light", "dark"} {
				for _, v := range violations(t, ctx, theme, width) {
					t.Errorf("%s, %s, %d px wide: %s", page, theme, width, v)
					found++
				}
			}
		}
	}
	if out := os.Getenv("PLUMB_AXE_OUT"); out != "" {
		data, err := json.Marshal(map[string]int{"violations": found})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(out, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// violations are what axe-core finds on the page that is open.
func violations(t *testing.T, ctx context.Context, theme string, width int64) []string {
	t.Helper()
	pagetest.Call(t, ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
	script := `document.documentElement.dataset.theme = "` + theme + `"; axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.html.slice(0, 120))))`
	return pagetest.Get(t, ctx, chromedp.Evaluate[[]string](script, chromedp.EvalAwaitPromise))
}
