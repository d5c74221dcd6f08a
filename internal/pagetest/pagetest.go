// Package pagetest opens pages in a real Chromium, for tests of what a reader
// sees. Nothing else may import it.
package pagetest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Browser starts a Chromium with one empty page and returns its context. The
// test is skipped unless PLUMB_PAGES is set, since a browser takes longer than
// all other tests of a package, and where there is no Chromium.
func Browser(t testing.TB) context.Context {
	t.Helper()
	if os.Getenv("PLUMB_PAGES") == "" {
		t.Skip("pages are opened in Chromium with PLUMB_PAGES=1, as make pages does")
	}
	path := os.Getenv("PLUMB_CHROMIUM")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); path == "" && err == nil {
			path = found
		}
	}
	if path == "" {
		t.Skip("no Chromium: install one, or set PLUMB_CHROMIUM to its path")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1280, 900))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	ctx, cancel = context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// Watch fails the test at its end for every message on the console, every
// exception and every request for something other than the page itself.
func Watch(t testing.TB, ctx context.Context, page string) {
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
		case *log.EventEntryAdded:
			bad = append(bad, "log: "+e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if u, _, _ := strings.Cut(e.Request.URL, "#"); u != page && !strings.HasPrefix(u, "data:") {
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

// Do runs actions in the browser.
func Do(t testing.TB, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// Get runs an action in the browser and returns its value.
func Get[T any](t testing.TB, ctx context.Context, action chromedp.Action[T]) T {
	t.Helper()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Call sends the browser a command of its protocol.
func Call[P, R any](t testing.TB, ctx context.Context, command cdp.Command[P, R], params P) {
	t.Helper()
	if _, err := chromedp.Call(ctx, command, params); err != nil {
		t.Fatal(err)
	}
}

// Write writes a page to the disk and returns its address.
func Write(t testing.TB, html []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(name, html, 0o644); err != nil {
		t.Fatal(err)
	}
	return "file://" + filepath.ToSlash(name)
}
