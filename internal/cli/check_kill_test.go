//go:build unix

package cli_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCheckKilled kills plumb check while it writes its reports: one is half
// written into a pipe, the others wait for their names. What was there before is
// whole, and the second run is right.
func TestCheckKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var paths strings.Builder
	for i := range 400 {
		fmt.Fprintf(&paths, "  /things%d/{id}: {get: {responses: {}}}\n", i)
	}
	write("api.yaml", "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths:\n"+paths.String())
	write("plumb.yaml", "apis: [{name: shop, openapi: api.yaml}]\nbaseline: known.json\n")
	before := map[string]string{"report.json": "the report before", "report.sarif": "the report before"}
	for name, text := range before {
		write(name, text)
	}
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	plumb := binary(t)
	call := func(args ...string) *exec.Cmd {
		c := exec.Command(plumb, append([]string{"check", "--quiet", "--report", "json=report.json", "--report", "sarif=report.sarif"}, args...)...)
		c.Dir = dir
		return c
	}
	c := call("--update-baseline", "--report", "html=pipe")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	reader, err := os.Open(pipe) // until plumb opens it too
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = reader.Close() }()
	if _, err := reader.Read(make([]byte, 1)); err != nil { // the page does not fit into the pipe
		t.Fatal(err)
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) || exit.ExitCode() != -1 {
		t.Fatalf("plumb was done before it was killed: %v", err)
	}
	got := map[string]string{}
	for name := range before {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		got[name] = string(data)
	}
	if diff := cmp.Diff(before, got); diff != "" {
		t.Errorf("files after the kill (-want +got):\n%s", diff)
	}
	whole := func(name string) {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !json.Valid(data) {
			t.Errorf("%s is not whole: %v", name, err)
		}
	}
	whole("known.json") // was written before the reports
	if out, err := call().CombinedOutput(); err != nil {
		t.Errorf("the second run: %v\n%s", err, out)
	}
	for _, name := range []string{"report.json", "report.sarif", "known.json"} {
		whole(name)
	}
}
