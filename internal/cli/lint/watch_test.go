package lint_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/lint"
)

// said is what a command says, while it says it.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

// wait waits until a pattern matches, and forgets what was said before.
func (s *said) wait(t *testing.T, pattern string) {
	t.Helper()
	re := regexp.MustCompile(pattern)
	for range 1200 {
		s.mu.Lock()
		at := re.FindIndex(s.text.Bytes())
		if at != nil {
			s.text.Next(at[1])
		}
		s.mu.Unlock()
		if at != nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("it never said %s, but:\n%s", pattern, s.text.String())
}

// TestWatchLargeDescription follows a description that is so large that edits are
// taken one by one.
func TestWatchLargeDescription(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "api.json")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	api := `{"openapi":"3.0.3","info":{"title":"Notes","version":"1"},"paths":{` + "\n"
	for i := range 1000 {
		api += fmt.Sprintf(`"/notes%d":{"get":{"operationId":"notes%d","description":"%s","tags":["a"],"responses":{"200":{"description":"ok"}}}},`+"\n", i, i, strings.Repeat("Lists. ", 10))
	}
	api += `"/last":{"get":{"operationId":"last","description":"Last.","tags":["a"],"responses":{"200":{"description":"ok"}}}}}}`
	write(api)
	out := &said{}
	cmd := lint.New(&env.Env{Stdin: strings.NewReader(""), Stdout: out, Stderr: out, Getenv: func(string) string { return "" }, Dir: dir, Now: time.Now})
	cmd.SetArgs([]string{"--watch", "--poll", "20ms", "--ruleset", "spectral:oas", "api.json"})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- cmd.ExecuteContext(ctx) }()
	out.wait(t, `watching 1 file until it is interrupted`)

	write(strings.Replace(api, `"operationId":"notes500"`, `"operationId":"notes 500"`, 1))
	out.wait(t, `new +\w+ +api\.json:502:\d+  operation-operationId-valid-in-url`)
	out.wait(t, `1 new, 0 mended`)
	write(strings.Replace(api, `"operationId":"notes500"`, `"operationId":"notes1"`, 1))
	out.wait(t, `new +\w+ +api\.json:502:\d+  operation-operationId-unique`)
	write(api[:len(api)-1])
	out.wait(t, `new +\w+ +api\.json:\d+:\d+  parser`)
	write(api)
	out.wait(t, `mended +\w+ +api\.json:\d+:\d+  parser`)
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
}

// TestWatch follows a description, its configuration and a file that it refers
// to, through a text that cannot be read, to an interrupt, which is no failure.
func TestWatch(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const api = "openapi: 3.0.3\ninfo: {title: Notes, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    Unused: {$ref: 'parts/more.yaml#/A'}\n"
	if err := os.Mkdir(filepath.Join(dir, "parts"), 0o755); err != nil {
		t.Fatal(err)
	}
	write("api.yaml", api)
	write("parts/more.yaml", "A: {type: string}\n")
	out := &said{}
	cmd := lint.New(&env.Env{Stdin: strings.NewReader(""), Stdout: out, Stderr: out, Getenv: func(string) string { return "" }, Dir: dir, Now: time.Now})
	cmd.SetArgs([]string{"--watch", "--poll", "20ms", "--ruleset", "spectral:oas", "api.yaml"})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- cmd.ExecuteContext(ctx) }()
	out.wait(t, `oas3-unused-component`)
	out.wait(t, `watching 2 files until it is interrupted`)

	write("api.yaml", strings.Replace(api, "title: Notes", "title: '<script>'", 1))
	out.wait(t, `new +warning +api\.yaml:2:\d+  no-script-tags-in-markdown`)
	out.wait(t, `1 new, 0 mended, \d+ findings in all`)
	write("api.yaml", api)
	out.wait(t, `mended +warning +api\.yaml:2:\d+  no-script-tags-in-markdown`)
	// What was found before is not mended by a text that cannot be read.
	write("api.yaml", api+"  x: [\n")
	out.wait(t, `new +error +api\.yaml:\d+:\d+  parser.*\n\d\d:\d\d:\d\d  api\.yaml cannot be read as it is`)
	write("api.yaml", api)
	out.wait(t, `mended +error +api\.yaml:\d+:\d+  parser`)
	out.wait(t, `0 new, 1 mended`)
	write("parts/more.yaml", "B: {type: string}\n")
	out.wait(t, `new +error +api\.yaml:6:\d+  invalid-ref`)
	write("plumb.yaml", "lint: {rules: {oas3-unused-component: off}}\n")
	out.wait(t, `mended +warning +api\.yaml:6:\d+  oas3-unused-component`)
	write("plumb.yaml", "lnt: {}\n")
	out.wait(t, `plumb: plumb\.yaml:1:1: unknown key "lnt"`)
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
}
