package cli_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// binary returns the path of a plumb that can be run as a process: this test
// binary under another name; see TestMain.
func binary(t *testing.T) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("there are no symbolic links and no signals")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "plumb")
	if err := os.Symlink(self, path); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestInterrupt shows that an interrupt ends a call cleanly while it waits
// for a server, and while it waits for standard input.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{}, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	t.Cleanup(server.Close)
	tests := []struct {
		name, arg string
		ready     func(stdin io.Writer) // returns when the call waits
	}{
		{"URL", server.URL, func(io.Writer) { <-asked }},
		{"standard input", "-", func(stdin io.Writer) { _, _ = io.WriteString(stdin, strings.Repeat("#", 1<<20)) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			cmd := exec.Command(binary(t), "lint", "--output", "out.json", tt.arg)
			cmd.Dir = dir
			var stderr strings.Builder
			cmd.Stderr = &stderr
			stdin, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			tt.ready(stdin)
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			if got := cmd.ProcessState.ExitCode(); got != 3 {
				t.Errorf("exit code %d, want 3", got)
			}
			if diff := cmp.Diff("plumb: interrupted; nothing was written\n", stderr.String()); diff != "" {
				t.Errorf("standard error (-want +got):\n%s", diff)
			}
			entries, err := os.ReadDir(dir)
			if err != nil || len(entries) > 0 {
				t.Errorf("%v was left behind (%v)", entries, err)
			}
		})
	}
}
