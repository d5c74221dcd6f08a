package docs_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plumbapi/plumb/internal/cli/docs"
	"github.com/plumbapi/plumb/internal/cli/env"
)

// lines is what a command says, while it says it.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// wait returns what a pattern matches, once it does.
func (l *lines) wait(t *testing.T, pattern string) []string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	for range 600 {
		l.mu.Lock()
		m := re.FindStringSubmatch(l.text.String())
		l.mu.Unlock()
		if m != nil {
			return m
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("it never said %s, but:\n%s", pattern, l.text.String())
	return nil
}

// TestServe serves a site, changes its description, and sees another; a
// description that cannot be read leaves the site as it was.
func TestServe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(summary string) {
		text := "openapi: 3.1.0\ninfo: {title: Notes, version: '1'}\npaths:\n  /notes: {get: {operationId: listNotes, tags: [notes], summary: " + summary + "}}\n"
		if err := os.WriteFile(filepath.Join(dir, "api.yaml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("All notes")
	said := &lines{}
	cmd := docs.New(&env.Env{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: said, Getenv: func(string) string { return "" }, Dir: dir, Now: time.Now})
	cmd.SetArgs([]string{"serve", "--addr", "127.0.0.1:0", "--poll", "20ms", "api.yaml"})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- cmd.ExecuteContext(ctx) }()
	address := said.wait(t, `serving (http://\S+)/ until`)[1]

	if status, text := get(t, address+"/rest/notes/list-notes.html"); status != 200 || !strings.Contains(text, "<h1>All notes</h1>") || !strings.Contains(text, "assets/reload.js") {
		t.Fatalf("%d\n%s", status, text)
	}
	for path, want := range map[string]int{"/": 200, "/rest/notes": 200, "/nothing.html": 404, "/../../etc/passwd": 404, "/assets/site.css": 200, "/rest/notes/list-notes.md": 200} {
		if status, _ := get(t, address+path); status != want {
			t.Errorf("%s is %d, want %d", path, status, want)
		}
	}

	reloaded := make(chan int, 1)
	asked := make(chan bool)
	go func() {
		close(asked)
		status, _ := get(t, address+"/reload")
		reloaded <- status
	}()
	<-asked
	time.Sleep(50 * time.Millisecond)
	write("Every note")
	if status := <-reloaded; status != http.StatusNoContent {
		t.Errorf("the page that waits is told %d, want 204", status)
	}
	if _, text := get(t, address+"/rest/notes/list-notes.html"); !strings.Contains(text, "<h1>Every note</h1>") {
		t.Errorf("the site is as before:\n%s", text)
	}

	write("[")
	said.wait(t, `plumb: api\.yaml:\d+:\d+: `)
	if status, text := get(t, address+"/rest/notes/list-notes.html"); status != 200 || !strings.Contains(text, "<h1>Every note</h1>") {
		t.Errorf("%d\n%s", status, text)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Error(err)
	}
	return resp.StatusCode, string(text)
}
