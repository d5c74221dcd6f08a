//go:build unix

package cli_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestFixKilled kills plumb lint --fix at different times: each file is what it
// was, or what it becomes, and a run that is let go on fixes all.
func TestFixKilled(t *testing.T) {
	t.Parallel()
	const files, tries = 3, 8
	dir := t.TempDir()
	var text strings.Builder
	text.WriteString("openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\nservers: [{url: https://a.test/}]\npaths:\n")
	for i := range 1000 {
		fmt.Fprintf(&text, "  /things%d:\n    get: {operationId: get%d, tags: [things%d], responses: {'200': {description: ok}}}\n", i, i, i%50)
	}
	args := []string{"lint", "--fix", "--quiet", "--ruleset", "spectral:oas", "--fail-on", "never"}
	path := func(i int) string { return filepath.Join(dir, fmt.Sprintf("api%d.yaml", i)) }
	before := func() {
		t.Helper()
		for i := range files {
			if err := os.WriteFile(path(i), []byte(text.String()), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i := range files {
		args = append(args, filepath.Base(path(i)))
	}
	plumb := binary(t)
	call := func() *exec.Cmd {
		c := exec.Command(plumb, args...)
		c.Dir = dir
		return c
	}
	before()
	started := time.Now()
	if out, err := call().CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	takes := time.Since(started)
	after, err := os.ReadFile(path(0))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(after), "- name: things") != 50 || strings.Contains(string(after), "a.test/") {
		t.Fatalf("it fixed nothing, or not all")
	}
	for try := range tries {
		before()
		c := call()
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(takes * time.Duration(try+1) / tries)
		_ = c.Process.Kill() // which may be done
		var exit *exec.ExitError
		if err := c.Wait(); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		for i := range files {
			got, err := os.ReadFile(path(i))
			if err != nil {
				t.Fatal(err)
			}
			if s := string(got); s != text.String() && s != string(after) {
				t.Errorf("killed after %d of %d, %s is neither what it was nor what it becomes: %d bytes", try+1, tries, path(i), len(s))
			}
		}
	}
	if out, err := call().CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for i := range files {
		if got, err := os.ReadFile(path(i)); err != nil || string(got) != string(after) {
			t.Errorf("%s is not fixed: %v", path(i), err)
		}
	}
}
