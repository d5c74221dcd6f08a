package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/golden"
)

var fenced = regexp.MustCompile("(?ms)^```(\\S+)(?: (\\S+))?\n(.*?)^```$")

// steady leaves out what another run, or a matcher that weighs otherwise, may
// print.
func steady(output string) string {
	output = regexp.MustCompile(`(?:under )?[0-9.]+ m?s\b`).ReplaceAllString(output, "TIME")
	return regexp.MustCompile(` [+-][0-9]+\.[0-9]{2}  `).ReplaceAllString(output, " WEIGHT  ")
}

// TestGuides runs the calls that the guides show, one after the other in a
// project with the tracker's descriptions, and compares what they print. A
// block of YAML that names a file becomes that file. A line "…" stands for
// any lines; -update writes the output of blocks that have none.
func TestGuides(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there is no sh")
	}
	bin := filepath.Dir(binary(t))
	pages, err := filepath.Glob("../../docs/guides/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal("there are no guides", err)
	}
	for _, page := range pages {
		t.Run(filepath.Base(page), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := os.CopyFS(filepath.Join(dir, "api"), os.DirFS("../../testdata/tracker")); err != nil {
				t.Fatal(err)
			}
			got := fenced.ReplaceAllStringFunc(string(text), func(block string) string {
				m := fenced.FindStringSubmatch(block)
				switch {
				case m[2] != "":
					if err := os.WriteFile(filepath.Join(dir, m[2]), []byte(m[3]), 0o644); err != nil {
						t.Fatal(err)
					}
				case m[1] == "console":
					return "```console\n" + shownCall(t, dir, bin, m[3]) + "```"
				}
				return block
			})
			if golden.Update() && got != string(text) {
				if err := os.WriteFile(page, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// shownCall runs the call of a block and returns the block as it should be.
func shownCall(t *testing.T, dir, bin, block string) string {
	t.Helper()
	call, want, _ := strings.Cut(block, "\n")
	line, ok := strings.CutPrefix(call, "$ ")
	if !ok {
		t.Fatalf("a block does not begin with a call: %s", block)
	}
	got, _ := shellIn(dir, bin, line) // a finding is no failure here
	if strings.Contains("\n"+want, "\n…\n") {
		var parts []string
		for _, part := range strings.Split("\n"+want, "\n…\n") {
			parts = append(parts, regexp.QuoteMeta(steady(part)))
		}
		pattern := "^" + strings.Join(parts, `\n(?s:.*\n)?`) + "$"
		if !regexp.MustCompile(pattern).MatchString("\n" + steady(got)) {
			t.Errorf("%s\nprints other lines (-guide +plumb):\n%s", call, cmp.Diff(want, got))
		}
		return block
	}
	if diff := cmp.Diff(steady(want), steady(got)); diff != "" {
		if golden.Update() {
			return call + "\n" + got
		}
		t.Errorf("%s\nprints something else (-guide +plumb), rewrite with -update:\n%s", call, diff)
	}
	return block
}
