package cli_test

import (
	"context"
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/internal/cli"
	"github.com/plumbapi/plumb/internal/cli/env"
)

// TestSilentPipe shows that a call can be ended that waits for a named pipe
// to be opened by a writer.
func TestSilentPipe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mkfifo := exec.Command("mkfifo", "silent.yaml")
	mkfifo.Dir = dir
	if err := mkfifo.Run(); err != nil {
		t.Skipf("no named pipes here: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	e := &env.Env{
		Dir: dir, Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard,
		Getenv: func(string) string { return "" }, Now: time.Now,
	}
	if code := cli.Run(ctx, e, []string{"lint", "silent.yaml"}); code != env.Incomplete {
		t.Errorf("exit code %d, want %d", code, env.Incomplete)
	}
}
