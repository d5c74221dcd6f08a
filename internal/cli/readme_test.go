package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/cli"
	"github.com/plumbapi/plumb/internal/cli/env"
)

// TestReadme runs the calls that the README shows and compares what they
// print, but for the time that it took and for what the README leaves out.
func TestReadme(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile("(?s)```console\n\\$ plumb (.*?)\n(.*?)  …\n(.*?)```").FindStringSubmatch(string(readme))
	if shown == nil {
		t.Fatal("the README shows no call")
	}
	var out, problems strings.Builder
	e := &env.Env{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &problems, Dir: root,
		Getenv: func(string) string { return "" }, Now: time.Now,
	}
	if code := cli.Run(t.Context(), e, strings.Fields(shown[1])); code != env.Findings {
		t.Fatalf("exit code %d, want %d: %s", code, env.Findings, problems.String())
	}
	got := out.String()
	head, tail := got[:min(len(got), len(shown[2]))], got[strings.LastIndex(got, "\n\n")+2:]
	if diff := cmp.Diff(shown[2], head); diff != "" {
		t.Errorf("what comes first (-README +plumb):\n%s", diff)
	}
	duration := regexp.MustCompile(`[0-9.]+ m?s\n`)
	if diff := cmp.Diff(duration.ReplaceAllString(shown[3], "TIME\n"), duration.ReplaceAllString(tail, "TIME\n")); diff != "" {
		t.Errorf("what comes last (-README +plumb):\n%s", diff)
	}
	if runtime.GOOS == "windows" {
		return // there is no sh
	}
	for _, m := range fenced.FindAllStringSubmatch(string(readme), -1) {
		if m[1] == "console" && !strings.HasPrefix(m[3], "$ plumb "+shown[1]) {
			shownCall(t, root, filepath.Dir(binary(t)), m[3])
		}
	}
}
